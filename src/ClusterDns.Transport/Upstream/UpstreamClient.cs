namespace ClusterDns.Transport.Upstream;

/// <summary>Asks one DNS server over UDP, TCP or TLS.</summary>
public sealed class UpstreamClient : IUpstreamExchange
{
    /// <param name="target">The server.</param>
    /// <param name="options">Bounds and times.</param>
    /// <param name="time">Clock of all timeouts.</param>
    public UpstreamClient(UpstreamTarget target, UpstreamOptions options, TimeProvider time)
    {
        Target = target;
        _ = options;
        _ = time;
    }

    public UpstreamTarget Target { get; }

    public UpstreamCounters ReadCounters() => default;

    /// <inheritdoc/>
    public ValueTask<UpstreamReply> ExchangeAsync(
        ReadOnlyMemory<byte> query, TransportProtocol protocol, TimeSpan timeout, CancellationToken cancellation) =>
        new(UpstreamReply.Failed(UpstreamOutcome.Busy, "not built yet"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
