namespace ClusterDns.Plugins.Acl;

/// <summary>Why a query was turned away, for clients that understand EDNS (RFC 8914); without text.</summary>
internal static class ExtendedErrors
{
    /// <summary>The EDNS option "Extended DNS Error".</summary>
    public const ushort OptionCode = 15;

    /// <summary>INFO-CODE 15: this server's own policy (RFC 8914, 4.16).</summary>
    public static ReadOnlySpan<byte> Blocked => [0, 15];

    /// <summary>INFO-CODE 17: the client's side wants it so (RFC 8914, 4.18).</summary>
    public static ReadOnlySpan<byte> Filtered => [0, 17];
}
