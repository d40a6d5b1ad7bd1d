namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>One counter of a sketch; its key lies elsewhere.</summary>
internal struct SketchSlot
{
    /// <summary>At least as often as its key was added.</summary>
    public long Count;

    /// <summary>What the counter had when the key took it over: how much of <see cref="Count"/> may be others'.</summary>
    public long Error;

    public uint Hash;

    /// <summary>Odd while the key changes.</summary>
    public int Version;

    /// <summary>Octets of the key.</summary>
    public ushort KeyLength;

    /// <summary>Where it stands in the order of counts.</summary>
    public ushort Position;

    /// <summary>Those with the same count.</summary>
    public ushort Group;
}
