namespace ClusterDns.Transport.Upstream;

/// <summary>One DNS server that we ask: over sockets, or a test's stand-in.</summary>
public interface IUpstreamExchange : IAsyncDisposable
{
    /// <summary>
    /// Asks <paramref name="query"/> under an id of its own and waits for the reply that matches in address, id and whole
    /// question; what does not match is counted and waited past. Never throws for anything the network or the other side
    /// does. What awaits it may go on on the thread that reads replies, so it must not block.
    /// </summary>
    /// <param name="query">A whole query message with one question; its id is not sent. Not kept after completion.</param>
    /// <param name="protocol">UDP or TCP; an upstream over TLS takes no notice.</param>
    /// <param name="timeout">Longest wait, connecting included.</param>
    /// <param name="cancellation">Ends the wait early, as a <see cref="UpstreamOutcome.Cancelled"/> reply.</param>
    /// <returns>The reply; its message is good until it is disposed.</returns>
    ValueTask<UpstreamReply> ExchangeAsync(
        ReadOnlyMemory<byte> query, TransportProtocol protocol, TimeSpan timeout, CancellationToken cancellation);
}
