namespace ClusterDns.Transport.Tcp;

/// <summary>What a <see cref="TcpQueryListener"/> has done since it started.</summary>
/// <param name="Open">Connections open now.</param>
/// <param name="BorrowedOctets">Octets of buffers that they hold now.</param>
/// <param name="Accepted">Connections taken up.</param>
/// <param name="RefusedByTotal">Connections closed at once because <see cref="TcpOptions.MaxConnections"/> were open and in use.</param>
/// <param name="RefusedByAddress">Connections closed at once because their client had its share open and in use.</param>
/// <param name="DisplacedByTotal">Connections closed for a new one because <see cref="TcpOptions.MaxConnections"/> were open.</param>
/// <param name="DisplacedByAddress">Connections closed for a new one of their client, which had its share open.</param>
/// <param name="Received">Queries handed to the handler.</param>
/// <param name="Answered">Answers taken for sending; the client may have gone before they left.</param>
/// <param name="TimedOut">Connections closed for silence or for a query that did not come to an end.</param>
/// <param name="SlowReaders">Connections cut off because their client did not take its answers.</param>
/// <param name="OverBudget">Connections cut off because all buffers together were full.</param>
/// <param name="AcceptFailures">Times that accepting itself failed.</param>
/// <param name="HandlerFailures">Queries whose handler threw.</param>
/// <param name="Ended">Connections of <paramref name="Accepted"/> that are closed, for whatever reason.</param>
public readonly record struct TcpListenerCounters(
    long Open,
    long BorrowedOctets,
    long Accepted,
    long RefusedByTotal,
    long RefusedByAddress,
    long DisplacedByTotal,
    long DisplacedByAddress,
    long Received,
    long Answered,
    long TimedOut,
    long SlowReaders,
    long OverBudget,
    long AcceptFailures,
    long HandlerFailures,
    long Ended);
