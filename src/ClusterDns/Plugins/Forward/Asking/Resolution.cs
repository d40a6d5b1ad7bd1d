using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>
/// One question on its way through the upstreams, until one gives a reply or the time is over. An upstream that is late
/// gets company: once per question a second one is asked beside it, and the first good reply counts.
/// </summary>
/// <param name="context">What all questions of a directive share.</param>
/// <param name="leader">The client's query; its reply becomes the upstream's.</param>
/// <param name="question">The message to send.</param>
internal sealed class Resolution(AskingContext context, Query leader, byte[] question)
{
    private readonly long _start = context.Time.GetTimestamp();
    private readonly TransportProtocol _protocol = context.ProtocolFor(leader);
    private readonly ForwardOptions _options = context.Options;

    // An attempt may end when nobody waits for it any more, and the leader is used for another query.
    private readonly QueryTrace? _trace = leader.Trace;
    private Candidates _candidates = null!;
    private Attempt? _spare;
    private string? _lastUpstream;
    private string? _lastError;
    private FailureReason _lastReason = FailureReason.NoUpstream;
    private int _attemptsLeft;
    private int _failovers;
    private bool _isHedged;

    private TimeSpan TimeLeft => ForwardLimits.QueryBudget - context.Time.GetElapsedTime(_start);

    public async ValueTask<Resolved> RunAsync()
    {
        _candidates = context.Candidates();
        if (_candidates.Error is { } error)
        {
            return new Resolved(null, null, error, FailureReason.NoUpstream);
        }

        if (_candidates.AreAllDown)
        {
            context.Metrics.AllDown.Inc();
        }

        context.Hedges.PayIn();
        _attemptsLeft = MostAttempts();
        while (_attemptsLeft > 0 && TimeLeft > TimeSpan.Zero && _candidates.Next() is { } upstream)
        {
            var attempt = await AskAsync(upstream).ConfigureAwait(false);
            if (Judge(attempt))
            {
                _spare?.Dispose();
                return new Resolved(attempt, attempt.Upstream.Address, null);
            }
        }

        // Better a reply that asks for a failover than none.
        return _spare is { } spare && leader.Reply.Adopt(spare.Message, spare.Fields)
            ? new Resolved(spare, spare.Upstream.Address, null)
            : new Resolved(_spare, _lastUpstream, _lastError ?? "no healthy proxies", _lastReason);
    }

    private int MostAttempts()
    {
        if (_candidates.AreAllDown)
        {
            return _options.FailFast ? 0 : _candidates.Count;
        }

        return _options.MaxConnectAttempts switch
        {
            null => 2 * _candidates.CountInService,
            0 => ForwardLimits.MostAttempts,
            { } most => most,
        };
    }

    /// <summary>
    /// True when the reply is the client's; it has been adopted then. Otherwise it is put aside or given back.
    /// </summary>
    private bool Judge(Attempt attempt)
    {
        _lastUpstream = attempt.Upstream.Address;
        if (attempt.Error is null && AsksForFailover(attempt) && ++_failovers < _candidates.Count)
        {
            _spare?.Dispose();
            _spare = attempt;
            return false;
        }

        if (attempt.Error is null && leader.Reply.Adopt(attempt.Message, attempt.Fields))
        {
            return true;
        }

        _lastReason = attempt.Reason;
        _lastError = attempt.Error ?? $"{attempt.Upstream.Address} sent a malformed reply";
        attempt.Dispose();
        return false;
    }

    // A server that could not read the question says nothing about it; another one may.
    private bool AsksForFailover(Attempt attempt) =>
        !attempt.Fields.HasQuestion || _options.FailoverCodes.Contains(attempt.Fields.Code);

    private bool IsGood(Attempt attempt) => attempt.Error is null && !AsksForFailover(attempt);

    private async ValueTask<Attempt> AskAsync(Upstream first)
    {
        var asked = AskOneAsync(first);
        if (_isHedged || asked.IsCompleted || await IsDoneWithinAsync(asked, DelayFor(first)).ConfigureAwait(false))
        {
            return await asked.ConfigureAwait(false);
        }

        _isHedged = true;
        return CompanyFor(first) is { } second && context.Hedges.TryTake()
            ? await FirstGoodAsync(asked, AskOneAsync(second)).ConfigureAwait(false)
            : await asked.ConfigureAwait(false);
    }

    private async Task<Attempt> AskOneAsync(Upstream upstream)
    {
        _attemptsLeft--;
        var attempt = await AskOneAsync(upstream, _protocol).ConfigureAwait(false);
        if (!_options.PreferUdp
            || _protocol != TransportProtocol.Udp
            || attempt.Error is not null
            || !attempt.Fields.IsTruncated
            || TimeLeft <= TimeSpan.Zero)
        {
            return attempt;
        }

        var whole = await AskOneAsync(upstream, TransportProtocol.Tcp).ConfigureAwait(false);

        // Without TCP the truncated reply is what there is; the client may have better luck.
        var (kept, dropped) = whole.Error is null ? (whole, attempt) : (attempt, whole);
        dropped.Dispose();
        return kept;
    }

    private ValueTask<Attempt> AskOneAsync(Upstream upstream, TransportProtocol protocol) => _trace is null
        ? upstream.AskAsync(question, protocol, Timeout(), context.Stopping)
        : TellAsync(upstream, protocol, _trace);

    private async ValueTask<Attempt> TellAsync(Upstream upstream, TransportProtocol protocol, QueryTrace trace)
    {
        var start = context.Time.GetTimestamp();
        var attempt = await upstream.AskAsync(question, protocol, Timeout(), context.Stopping).ConfigureAwait(false);
        trace.Add(new UpstreamStep(
            upstream.Address,
            protocol,
            attempt.Outcome,
            attempt.Error is null ? attempt.Fields.Code : null,
            context.Time.GetElapsedTime(start)));
        return attempt;
    }

    private TimeSpan Timeout() => TimeLeft < _options.ReadTimeout ? TimeLeft : _options.ReadTimeout;

    private async ValueTask<bool> IsDoneWithinAsync(Task asked, TimeSpan delay)
    {
        using var enough = new CancellationTokenSource();
        var late = Task.Delay(delay, context.Time, enough.Token);
        var isDone = await Task.WhenAny(asked, late).ConfigureAwait(false) == asked;

        // Nobody waits for the delay any more, so there is nothing that could run long.
        enough.Cancel();
        return isDone;
    }

    // Whoever writes `sequential` wants the first one unless it is in trouble.
    private TimeSpan DelayFor(Upstream upstream)
    {
        var half = _options.ReadTimeout / 2;
        return _options.Policy == PolicyKind.Sequential || upstream.LateAfter > half ? half : upstream.LateAfter;
    }

    // With one upstream a datagram may have been lost: then it is asked again.
    private Upstream? CompanyFor(Upstream first)
    {
        if (_attemptsLeft == 0 || TimeLeft <= TimeSpan.Zero)
        {
            return null;
        }

        var next = _candidates.Next();
        return next != first ? next : _protocol == TransportProtocol.Udp ? first : null;
    }

    private async ValueTask<Attempt> FirstGoodAsync(Task<Attempt> first, Task<Attempt> second)
    {
        var earlier = await Task.WhenAny(first, second).ConfigureAwait(false);
        var later = earlier == first ? second : first;
        var attempt = await earlier.ConfigureAwait(false);
        if (IsGood(attempt))
        {
            _ = DisposeLaterAsync(later);
            return attempt;
        }

        var other = await later.ConfigureAwait(false);
        var (kept, dropped) = other.Error is null ? (other, attempt) : (attempt, other);
        dropped.Dispose();
        return kept;
    }

    // Not cancelled: how it ends says whether its upstream is slow or dead. Its own timeout bounds it.
    private static async Task DisposeLaterAsync(Task<Attempt> later) => (await later.ConfigureAwait(false)).Dispose();
}
