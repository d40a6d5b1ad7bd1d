using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Plugins.Forward.Targets;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;

namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>A server that queries are forwarded to, with what we learnt about it.</summary>
internal sealed class Upstream(
    UpstreamAddress named,
    IUpstreamExchange exchange,
    ForwardOptions options,
    UpstreamMetrics metrics,
    TimeProvider time) : IAsyncDisposable
{
    private readonly UpstreamHealth _health = new(exchange, options, metrics, time);
    private readonly LatencyEstimate _latency = new();
    private readonly FailureRate _failures = new(time);
    private UpstreamAddress _named = named;
    private string? _outOfServiceReason;

    /// <summary><c>10.0.0.2:53</c></summary>
    public string Address { get; } = named.ToString();

    /// <summary>The server, and the line that names it; after a change of the file, perhaps another line.</summary>
    public UpstreamAddress Named
    {
        get => Volatile.Read(ref _named);
        set => Volatile.Write(ref _named, value);
    }

    public IUpstreamExchange Exchange { get; } = exchange;

    /// <summary>Too many probes failed.</summary>
    public bool IsDown => _health.IsDown;

    /// <summary>Better not asked first: nothing was heard since the last error, or errors are many.</summary>
    public bool IsDoubtful => _health.IsDoubtful || _failures.IsHigh;

    /// <summary>The smoothed mean of how long it takes; zero before the first reply.</summary>
    public TimeSpan Latency => _latency.Mean;

    /// <summary>A reply that takes longer is late.</summary>
    public TimeSpan LateAfter => _latency.Late;

    /// <summary>Why it is not asked at all; null in service.</summary>
    public string? OutOfServiceReason => Volatile.Read(ref _outOfServiceReason);

    /// <summary>No query is sent here until it is put back. False when it was out of service already.</summary>
    public bool TakeOutOfService(string reason) => Interlocked.Exchange(ref _outOfServiceReason, reason) is null;

    /// <summary>False when it was in service.</summary>
    public bool PutBackInService() => Interlocked.Exchange(ref _outOfServiceReason, null) is not null;

    /// <summary>Asks once, and learns from how it went.</summary>
    public async ValueTask<Attempt> AskAsync(
        ReadOnlyMemory<byte> question, TransportProtocol protocol, TimeSpan timeout, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var reply = await Exchange.ExchangeAsync(question, protocol, timeout, cancellation).ConfigureAwait(false);
        var elapsed = time.GetElapsedTime(start);
        var attempt = new Attempt(this, reply, question.Span);
        Learn(attempt, protocol, elapsed);
        return attempt;
    }

    /// <summary>Ends probes; queries under way go on.</summary>
    public Task StopProbesAsync() => _health.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopProbesAsync().ConfigureAwait(false);
        await Exchange.DisposeAsync().ConfigureAwait(false);
    }

    private void Learn(Attempt attempt, TransportProtocol protocol, TimeSpan elapsed)
    {
        // Busy and cancelled are our own affair.
        if (attempt.Outcome is not (UpstreamOutcome.Busy or UpstreamOutcome.Cancelled))
        {
            _failures.Add(attempt.Error is not null);
        }

        switch (attempt.Outcome)
        {
            case UpstreamOutcome.Answered:
                _latency.Add(elapsed);
                metrics.CountConnection(protocol, attempt.IsConnectionReused);
                if (attempt.Error is null)
                {
                    metrics.ObserveReply(attempt.Fields.Code, elapsed);
                }

                break;
            case UpstreamOutcome.TimedOut or UpstreamOutcome.ConnectionLost:
                metrics.CountConnection(protocol, attempt.IsConnectionReused);
                _health.Check();
                break;
            case UpstreamOutcome.Unreachable or UpstreamOutcome.InsecureConnection:
                _health.Check();
                break;
        }
    }
}
