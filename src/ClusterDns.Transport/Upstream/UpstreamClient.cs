using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// Asks one DNS server over UDP, TCP or TLS (RFC 1035, 7766, 7858). A reply counts only if it is one: from the server's
/// address, under the query's id, with its whole question, and well formed. Everything else is counted and waited past.
/// </summary>
public sealed class UpstreamClient : IUpstreamExchange
{
    /// <summary>Objects for queries in flight that are kept to be used again.</summary>
    private const int MostSparePending = 4096;

    private readonly UpstreamContext _context;
    private readonly UpstreamUdp _udp;
    private readonly UpstreamStreams _streams;
    private readonly BoundedPool<PendingQuery> _pending = new(MostSparePending);
    private readonly Lock _sweeping = new();
    private readonly ITimer _sweep;
    private bool _isSweeping;
    private bool _isDisposed;

    /// <param name="target">The server.</param>
    /// <param name="options">Bounds and times.</param>
    /// <param name="time">Clock of all timeouts.</param>
    /// <param name="logger">Told of faults that no query is told of; null for nobody.</param>
    public UpstreamClient(UpstreamTarget target, UpstreamOptions options, TimeProvider time, ILogger? logger = null)
    {
        options.ThrowIfOutOfRange();
        _context = new UpstreamContext(target, options, time, logger ?? NullLogger.Instance);
        _udp = new UpstreamUdp(_context, BeginSweeping);
        _streams = new UpstreamStreams(_context, BeginSweeping);
        _sweep = time.CreateTimer(
            static state => ((UpstreamClient)state!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public UpstreamTarget Target => _context.Target;

    public UpstreamCounters ReadCounters() => _context.Tally.Read(_udp.Sockets, _streams.Connections);

    /// <inheritdoc/>
    public ValueTask<UpstreamReply> ExchangeAsync(
        ReadOnlyMemory<byte> query, TransportProtocol protocol, TimeSpan timeout, CancellationToken cancellation)
    {
        var read = UpstreamQuery.Read(query);
        return protocol == TransportProtocol.Udp && Target.Tls is null
            ? Ask(read, timeout, cancellation)
            : ExchangeOverStreamAsync(read, timeout, cancellation);
    }

    /// <summary>Closes every socket; queries in flight end as cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isDisposed, true);
        await _sweep.DisposeAsync().ConfigureAwait(false);
        await _udp.Sockets.CloseAsync().ConfigureAwait(false);
        await _streams.Connections.CloseAsync().ConfigureAwait(false);
    }

    private ValueTask<UpstreamReply> Ask(in UpstreamQuery query, TimeSpan timeout, CancellationToken cancellation)
    {
        if (TryRefuse(cancellation, out var refusal))
        {
            return new(refusal);
        }

        var pending = Prepare(query, timeout, cancellation);
        return Asked(pending, _udp.TrySend(pending, query, out refusal), refusal);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<UpstreamReply> ExchangeOverStreamAsync(
        UpstreamQuery query, TimeSpan timeout, CancellationToken cancellation)
    {
        var began = _context.Time.GetTimestamp();
        var reply = await AskOverStream(query, timeout, isFresh: false, cancellation).ConfigureAwait(false);
        var left = timeout - _context.Time.GetElapsedTime(began);
        if (!reply.IsWorthRetrying || left <= TimeSpan.Zero)
        {
            return reply;
        }

        Interlocked.Increment(ref _context.Tally.Retried);
        return await AskOverStream(query, left, isFresh: true, cancellation).ConfigureAwait(false);
    }

    private ValueTask<UpstreamReply> AskOverStream(
        in UpstreamQuery query, TimeSpan timeout, bool isFresh, CancellationToken cancellation)
    {
        if (TryRefuse(cancellation, out var refusal))
        {
            return new(refusal);
        }

        var pending = Prepare(query, timeout, cancellation);
        return Asked(pending, _streams.TrySend(pending, query, isFresh, out refusal), refusal);
    }

    private bool TryRefuse(CancellationToken cancellation, out UpstreamReply refusal)
    {
        var why = Volatile.Read(ref _isDisposed) ? UpstreamErrorText.Closed
            : cancellation.IsCancellationRequested ? UpstreamErrorText.Cancelled
            : null;
        refusal = why is null ? default : UpstreamReply.Failed(UpstreamOutcome.Cancelled, why);
        return why is not null;
    }

    private PendingQuery Prepare(in UpstreamQuery query, TimeSpan timeout, CancellationToken cancellation)
    {
        if (!_pending.TryRent(out var pending))
        {
            pending = new PendingQuery(_pending, _context.Time);
        }

        pending.Prepare(query.Question, timeout, cancellation);
        return pending;
    }

    private static ValueTask<UpstreamReply> Asked(PendingQuery pending, bool isSent, in UpstreamReply refusal)
    {
        if (isSent)
        {
            return pending.Reply;
        }

        pending.Abandon();
        return new(refusal);
    }

    private void BeginSweeping()
    {
        lock (_sweeping)
        {
            if (!_isSweeping)
            {
                _isSweeping = true;
                SetSweep(_context.Options.SweepInterval);
            }
        }
    }

    /// <summary>Goes on only while something is open: an upstream that nobody asks costs no wake-ups.</summary>
    private void Sweep()
    {
        _udp.Sockets.Sweep();
        _streams.Connections.Sweep();
        lock (_sweeping)
        {
            _isSweeping = _udp.Sockets.Count + _streams.Connections.Count > 0;
            if (_isSweeping)
            {
                SetSweep(_context.Options.SweepInterval);
            }
        }
    }

    private void SetSweep(TimeSpan interval) => _sweep.Change(interval, Timeout.InfiniteTimeSpan);
}
