using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Plugins.Forward.Targets;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Forward;

/// <summary>Asks other servers for what this one does not know.</summary>
internal sealed class ForwardPlugin : Plugin, IMetadataSource
{
    private const string UpstreamLabel = "forward/upstream";

    private readonly CancellationTokenSource _stop = new();
    private readonly ExchangesUnderWay _overUdp = new();
    private readonly ExchangesUnderWay _overTcp = new();
    private readonly ForwardOptions _options;
    private readonly TargetTable _targets;
    private readonly UpstreamPool _pool;
    private readonly TargetWatch _watch;
    private readonly AskingContext _context;
    private readonly QueriesUnderWay _underWay = new();
    private readonly QueryAdmission _admission;

    /// <param name="options">The directive.</param>
    /// <param name="targets">What its TO arguments stand for, files read.</param>
    /// <param name="open">Makes an upstream of an address.</param>
    /// <param name="admission">Bounds the queries under way, perhaps those of other directives with them.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="time">The server's clock.</param>
    /// <param name="logger">For changes of upstreams.</param>
    public ForwardPlugin(
        ForwardOptions options,
        TargetTable targets,
        Func<UpstreamAddress, Upstream> open,
        QueryAdmission admission,
        ForwardMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        _options = options;
        _targets = targets;
        _pool = new UpstreamPool(open, logger, time);
        _watch = new TargetWatch(targets, _pool.Apply, logger, time);
        _context = new AskingContext(options, _pool, PolicyOf(options.Policy), metrics, time, _stop.Token);
        _admission = admission;
        _pool.Apply(targets.Addresses);
    }

    public override string Name => "forward";

    /// <summary>Another <c>forward</c> of the block stands behind this one: where <c>next</c> leads.</summary>
    public bool HasForwardBehind { get; set; }

    /// <summary>Names at or below it are forwarded.</summary>
    public DnsName From => _options.From;

    /// <summary>The servers that are asked now, in the order of the Corefile.</summary>
    public IReadOnlyList<Upstream> Upstreams => _pool.Current;

    /// <summary>Lets queries in: this directive's own, or the server's.</summary>
    public QueryAdmission Admission => _admission;

    /// <summary>Whether upstreams are asked over TCP only.</summary>
    public bool ForcesTcp => _options.ForceTcp;

    /// <summary>Calls <paramref name="action"/> after each change of <see cref="Upstreams"/>.</summary>
    public void OnUpstreamsChanged(Action action) => _pool.Changed += action;

    /// <exception cref="StartException">A host name has no address.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if ((await _targets.ResolveHostsAsync(cancellation).ConfigureAwait(false)) is [var fault, ..])
        {
            throw new StartException($"plugin/forward: {fault}");
        }

        _pool.Apply(_targets.Addresses);
        _watch.Start();
    }

    /// <summary>Ends what goes on by itself at once; queries under way may finish first.</summary>
    public async Task StopAsync()
    {
        await _watch.StopAsync().ConfigureAwait(false);
        await _pool.StopProbesAsync().ConfigureAwait(false);
        await _underWay.WaitForLastAsync(ForwardLimits.QueryBudget, _context.Time).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pool.CloseAsync().ConfigureAwait(false);
        await _targets.DisposeAsync().ConfigureAwait(false);
    }

    public string? MetadataOf(Query query, string label) => label == UpstreamLabel ? query.Upstream : null;

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (!_options.Takes(query.Name))
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var verdict = _admission.TryEnter(query.Client, out var cells);
        return verdict == AdmissionVerdict.Admitted ? AskAsync(query, cells) : Refuse(query, verdict);
    }

    private ValueTask<ServeResult> AskAsync(Query query, ulong cells)
    {
        _underWay.Enter();
        Span<byte> question = stackalloc byte[UpstreamQuestion.MaxSize];
        question = question[..UpstreamQuestion.Write(query, question)];
        var exchanges = _context.ProtocolFor(query) == TransportProtocol.Udp ? _overUdp : _overTcp;
        var exchange = exchanges.Join(question, out var isNew);
        return isNew ? LeadAsync(query, cells, exchanges, exchange) : JoinAsync(query, cells, exchange);
    }

    // A client over its part is not told one by one: it would fill the log as it fills the rest.
    private ValueTask<ServeResult> Refuse(Query query, AdmissionVerdict verdict)
    {
        _context.Metrics.CountRefused(verdict);
        query.Trace?.Add(new AdmissionStep(verdict));
        return new ValueTask<ServeResult>(verdict == AdmissionVerdict.TooMany
            ? query.Fail(ResponseCode.Refused, _admission.TooManyError)
            : ServeResult.Failed(ResponseCode.Refused));
    }

    private async ValueTask<ServeResult> LeadAsync(
        Query query, ulong cells, ExchangesUnderWay exchanges, SharedExchange exchange)
    {
        var resolved = Resolved.Broken;
        try
        {
            resolved = await new Resolution(_context, query, exchange.Question).RunAsync().ConfigureAwait(false);
            Tell(query, resolved, isShared: false);
            return Finish(query, resolved);
        }
        finally
        {
            exchanges.Complete(exchange, resolved);
            Leave(cells);
            exchange.Release(resolved);
        }
    }

    private async ValueTask<ServeResult> JoinAsync(Query query, ulong cells, SharedExchange exchange)
    {
        var resolved = await exchange.Answer.ConfigureAwait(false);
        Tell(query, resolved, isShared: true);
        if (resolved.Error is null)
        {
            // The leader's query took it over without a fault, so this one does.
            query.Reply.Adopt(resolved.Answer!.Message, resolved.Answer.Fields);
        }

        exchange.Release(resolved);
        Leave(cells);
        return Finish(query, resolved);
    }

    private void Tell(Query query, Resolved resolved, bool isShared) => query.Trace?.Add(new ForwardStep(
        resolved.Upstream, resolved.Error, isShared, _context.Time.GetElapsedTime(query.StartTimestamp)));

    private void Leave(ulong cells)
    {
        _admission.Leave(cells);
        _underWay.Leave();
    }

    private ServeResult Finish(Query query, Resolved resolved)
    {
        query.Upstream = resolved.Upstream;
        if (resolved.Error is { } error)
        {
            query.Reply.Clear();
            return query.Fail(ResponseCode.ServerFailure, error, resolved.Reason);
        }

        if (HasForwardBehind && GoesToNext(query.Reply))
        {
            query.Reply.Clear();
            return ServeResult.Declined;
        }

        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }

    private bool GoesToNext(Reply reply) =>
        _options.NextCodes.Contains(reply.Code)
        || (_options.NextOnNoData && reply is { Code: ResponseCode.NoError, AnswerCount: 0 });

    private static IUpstreamPolicy PolicyOf(PolicyKind kind) => kind switch
    {
        PolicyKind.RoundRobin => new RoundRobinPolicy(),
        PolicyKind.Sequential => new SequentialPolicy(),
        _ => new RandomPolicy(),
    };
}
