using System.Globalization;
using ClusterDns.Explaining.Reasons;
using ClusterDns.Operations;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Records;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>
/// Walks a name as a client's resolver would, asks this server each name of the walk by the path that every packet goes,
/// and puts into words what was decided on the way. The queries are counted and logged as a client's are.
/// </summary>
/// <param name="services">The server's.</param>
/// <param name="listeners">What its listeners serve now.</param>
internal sealed class Explainer(ServerServices services, Func<IReadOnlyList<ListenerRoutes>> listeners)
{
    private readonly SemaphoreSlim _turns = new(ExplainLimits.MostAtOnce);

    /// <summary>Never throws for what the request or the servers behind say.</summary>
    public async Task<ExplainResult> ExplainAsync(ExplainRequest request, CancellationToken cancellation)
    {
        if (!_turns.Wait(TimeSpan.Zero, cancellation))
        {
            return new ExplainResult(null, "too many explanations are under way, ask again in a moment");
        }

        try
        {
            return await ExplainOneAsync(request, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<ExplainResult> ExplainOneAsync(ExplainRequest request, CancellationToken cancellation)
    {
        var all = listeners();
        var routes = all.FirstOrDefault(candidate => KubernetesOf(candidate) is not null) ?? all.FirstOrDefault();
        if (routes is null)
        {
            return new ExplainResult(null, "the server has no listener");
        }

        var cluster = KubernetesOf(routes);
        if (!new ClientFinder(cluster?.Zone).TryFind(request.From, out var client, out var error))
        {
            return new ExplainResult(null, error);
        }

        var search = request.From is null ? request.Search
            : client.Namespace is { } parent && cluster is not null ? ClientSearch.OfPod(parent, cluster.Options.PrimaryZone)
            : ClientSearch.None;
        var names = SearchWalk.Names(request.Name, search);
        return names.Count == 0
            ? new ExplainResult(null, $"'{PrintableText.Escape(request.Name)}' is not a domain name")
            : new ExplainResult(new Explanation(request, client, search, await AskAsync(routes, client, names, request.Type, cancellation).ConfigureAwait(false)), null);
    }

    /// <summary>Asks one after the other, up to the first with an answer.</summary>
    private async Task<IReadOnlyList<ExplainedName>> AskAsync(
        ListenerRoutes routes, ExplainedClient client, IReadOnlyList<DnsName> names, RecordType type, CancellationToken cancellation)
    {
        var handler = new PacketHandler(
            routes, services.Queries, services.Time, services.Metrics.Panics, services.Logging.CreateLogger(""));
        var explained = new List<ExplainedName>();
        foreach (var name in names)
        {
            explained.Add(await AskAsync(handler, client, name, type, cancellation).ConfigureAwait(false));
            if (explained[^1].IsResolved)
            {
                break;
            }
        }

        return explained;
    }

    private async Task<ExplainedName> AskAsync(
        PacketHandler handler, ExplainedClient client, DnsName name, RecordType type, CancellationToken cancellation)
    {
        var trace = new QueryTrace();
        var path = new CapturedReply(client.Address);
        handler.Handle(ExplainQuestion.Write(name, type), path, trace);
        path.EndCall();
        var waiting = path.Reply.WaitAsync(ExplainLimits.OneName, services.Time, cancellation);
        await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        var reading = new TraceReading(trace.Steps);
        var reason = waiting.IsFaulted
            ? new Reason(
                string.Create(CultureInfo.InvariantCulture, $"the server had no reply within {ExplainLimits.OneName.TotalSeconds:0} s"),
                "See the server's log.",
                Nearness.Blocked)
            : ReasonText.Explain(reading, type);
        if (Remarks.IsForClient(reading) && !client.IsAddressKnown)
        {
            reason = reason with { Text = $"{reason.Text}, which was taken to be {client.Address.ToIPAddress()}" };
        }

        return Describe(name, type, waiting.IsCompletedSuccessfully ? waiting.Result : null, reading, reason);
    }

    private static ExplainedName Describe(DnsName name, RecordType type, byte[]? reply, TraceReading reading, Reason reason)
    {
        return new ExplainedName
        {
            Name = name.ToString().TrimEnd('.') + ".",
            Block = reading.Block is { Zone: { } zone } block
                ? $"{zone} at {block.Listener}{(block.View is { } view ? $", view {view}" : "")}"
                : null,
            Plugin = reading.Decider,
            Object = reason.Object,
            Endpoints = reason.Endpoints,
            Type = type,
            Code = reply is null ? null : MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply)),
            Answers = reply is null ? [] : AnswersOf(reply),
            Reason = reason.Text,
            Advice = reason.Advice,
            Nearness = reason.Nearness,
        };
    }

    private static IReadOnlyList<string> AnswersOf(byte[] reply) => ReplyReader.TryRead(reply, out var fields)
        ? [
            .. ReplyRecord.ReadAll(reply, fields.QuestionEnd)
                .Where(record => record.Section == Section.Answer)
                .Select(record => $"{Mnemonic.Of(record.Type)} {record.Data}"),
        ]
        : [];

    private static KubernetesPlugin? KubernetesOf(ListenerRoutes routes) => routes.Current.Routes
        .SelectMany(route => route.Chain.Plugins)
        .OfType<KubernetesPlugin>()
        .FirstOrDefault();
}
