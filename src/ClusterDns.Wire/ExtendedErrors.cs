namespace ClusterDns.Wire;

/// <summary>
/// Data of the option <see cref="EdnsOption.ExtendedError"/>: why a reply is what it is, for clients that understand EDNS
/// (RFC 8914). Text is ours alone and of a fixed number of octets: nothing of it comes from a client, an upstream or a
/// tenant.
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

    /// <summary>
    /// What tells why a query failed: INFO-CODE 14, not ready (RFC 8914, 4.15), 22, no reachable authority (4.23), or 23,
    /// network error (4.24), each with a few words. Empty when there is nothing to tell.
    /// </summary>
    public static ReadOnlySpan<byte> Of(FailureReason reason) => reason switch
    {
        FailureReason.NotReady => "\0\u000Enames are not read yet"u8,
        FailureReason.NoUpstream => "\0\u0016no upstream to ask"u8,
        FailureReason.UpstreamTimedOut => "\0\u0016upstream timed out"u8,
        FailureReason.UpstreamUnreachable => "\0\u0016upstream unreachable"u8,
        FailureReason.ConnectionLost => "\0\u0017connection to upstream lost"u8,
        FailureReason.InsecureConnection => "\0\u0017no secure connection to upstream"u8,
        FailureReason.MalformedReply => "\0\u0017upstream sent a malformed reply"u8,
        _ => [],
    };

    /// <summary>What tells that a reply with this RCODE is old.</summary>
    public static ReadOnlySpan<byte> StaleFor(ResponseCode code) =>
        code == ResponseCode.NameError ? StaleNameError : StaleAnswer;
}
