namespace ClusterDns.Wire;

/// <summary>Why a query failed, as far as a client may be told (<see cref="ExtendedErrors.Of"/>).</summary>
public enum FailureReason : byte
{
    /// <summary>Nothing that a client could make use of.</summary>
    None,

    /// <summary>The names of the zone have not been read yet.</summary>
    NotReady,

    /// <summary>There is no upstream that could be asked.</summary>
    NoUpstream,

    /// <summary>Upstreams did not answer in time.</summary>
    UpstreamTimedOut,

    /// <summary>Nobody listens at the upstream's address, or no way leads there.</summary>
    UpstreamUnreachable,

    /// <summary>The connection to the upstream ended before its reply came.</summary>
    ConnectionLost,

    /// <summary>The upstream is not who it should be, or TLS could not be agreed on.</summary>
    InsecureConnection,

    /// <summary>What the upstream sent makes no sense.</summary>
    MalformedReply,
}
