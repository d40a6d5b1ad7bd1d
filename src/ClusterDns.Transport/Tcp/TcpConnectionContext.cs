namespace ClusterDns.Transport.Tcp;

/// <summary>What all connections of one listener share.</summary>
/// <param name="Handler">Who takes the queries.</param>
/// <param name="Settings">The listener's options.</param>
/// <param name="Time">The clock.</param>
/// <param name="Failures">Where failures are told.</param>
/// <param name="Counters">Where everything is counted.</param>
/// <param name="Budget">Octets that all of them may borrow.</param>
/// <param name="Paths">Paths of queries in flight, to use again.</param>
/// <param name="Stopping">Ends the reading of queries.</param>
internal sealed record TcpConnectionContext(
    IPacketHandler Handler,
    TcpSettings Settings,
    TimeProvider Time,
    FailureLog Failures,
    TcpCounters Counters,
    ByteBudget Budget,
    BoundedPool<DetachedTcpPath> Paths,
    CancellationToken Stopping)
{
    public TcpOptions Options => Settings.Current;
}
