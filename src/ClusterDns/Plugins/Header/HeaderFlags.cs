namespace ClusterDns.Plugins.Header;

/// <summary>Flags to set and flags to clear; none is in both.</summary>
internal readonly record struct HeaderFlags(ushort Set, ushort Cleared)
{
    public bool IsEmpty => (Set | Cleared) == 0;

    /// <summary>The same with a later line, which has precedence.</summary>
    public HeaderFlags Then(ushort flags, bool isSet) => isSet
        ? new HeaderFlags((ushort)(Set | flags), (ushort)(Cleared & ~flags))
        : new HeaderFlags((ushort)(Set & ~flags), (ushort)(Cleared | flags));

    public ushort Apply(ushort flags) => (ushort)((flags | Set) & ~Cleared);

    /// <summary>What becomes of one flag.</summary>
    public bool Apply(ushort flag, bool isSet) => (isSet || (Set & flag) != 0) && (Cleared & flag) == 0;
}
