namespace ClusterDns.Transport.Upstream;

/// <summary>How an exchange with an upstream ended.</summary>
public enum UpstreamOutcome
{
    /// <summary>The reply's message answers the question.</summary>
    Answered,

    /// <summary>No matching reply came in time.</summary>
    TimedOut,

    /// <summary>The upstream cannot be reached or refuses connections.</summary>
    Unreachable,

    /// <summary>The connection ended before the reply came.</summary>
    ConnectionLost,

    /// <summary>TLS could not be agreed on, or the certificate is not the one expected.</summary>
    InsecureConnection,

    /// <summary>A bound on sockets or queries in flight is reached; nothing was sent.</summary>
    Busy,

    /// <summary>Whoever asked no longer wants to know.</summary>
    Cancelled,
}
