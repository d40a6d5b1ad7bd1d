namespace ClusterDns.Wire;

/// <summary>
/// Data of the option <see cref="EdnsOption.ExtendedError"/>: why a reply is what it is, for clients that understand EDNS
/// (RFC 8914); without text.
/// </summary>
public static class ExtendedErrors
{
    /// <summary>INFO-CODE 3: the source of the answer cannot be reached (RFC 8914, 4.4).</summary>
    public static ReadOnlySpan<byte> StaleAnswer => [0, 3];

    /// <summary>INFO-CODE 15: this server's own policy (RFC 8914, 4.16).</summary>
    public static ReadOnlySpan<byte> Blocked => [0, 15];

    /// <summary>INFO-CODE 17: the client's side wants it so (RFC 8914, 4.18).</summary>
    public static ReadOnlySpan<byte> Filtered => [0, 17];

    /// <summary>INFO-CODE 19: as 3, for a name that was denied (RFC 8914, 4.20).</summary>
    public static ReadOnlySpan<byte> StaleNameError => [0, 19];

    /// <summary>What tells that a reply with this RCODE is old.</summary>
    public static ReadOnlySpan<byte> StaleFor(ResponseCode code) =>
        code == ResponseCode.NameError ? StaleNameError : StaleAnswer;
}
