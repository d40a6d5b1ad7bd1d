using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>The world outside the cluster: a few names, everything else denied; it keeps what it was asked.</summary>
internal sealed class UpstreamTable : Plugin
{
    public const string Denial = ". 30 SOA a.root. nstld.root.";

    private readonly Lock _gate = new();
    private readonly List<string> _asked = [];

    /// <summary>Records by name in lower case, final dot included; an empty list is a name without records.</summary>
    public Dictionary<string, string[]> Names { get; init; } = [];

    /// <summary>Names that end in a failure, and which.</summary>
    public Dictionary<string, ServeResult> Failures { get; init; } = [];

    /// <summary>Whether answers come later, on another thread.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Called with each name before it is answered.</summary>
    public Action<string> OnAsk { get; set; } = _ => { };

    public override string Name => "upstream";

    /// <summary><c>NAME TYPE</c>, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    public override ValueTask<ServeResult> ServeAsync(Query query) =>
        IsSlow ? LaterAsync(query) : new ValueTask<ServeResult>(Answer(query));

    private async ValueTask<ServeResult> LaterAsync(Query query)
    {
        await Task.Yield();
        return Answer(query);
    }

    private ServeResult Answer(Query query)
    {
        var name = WireName.ToText(query.Name.Wire);
        lock (_gate)
        {
            _asked.Add($"{WireName.ToText(query.NameAsSent)} {query.Type}");
        }

        OnAsk(name);
        query.AnsweredBy = Name;
        query.Upstream = "192.0.2.53:53";
        query.Reply.IsRecursionAvailable = true;
        if (Failures.TryGetValue(name, out var failure))
        {
            query.Error = "upstream failed";
            query.Reply.Code = ResponseCode.ServerFailure;
            return failure;
        }

        var isKnown = Names.TryGetValue(name, out var records);
        foreach (var record in records ?? [])
        {
            if (record.Split(' ')[2] is var type && (type == "CNAME" || type == query.Type.ToString()))
            {
                RecordNotation.Add(query.Reply, Section.Answer, record);
            }
        }

        query.Reply.Code = isKnown ? ResponseCode.NoError : ResponseCode.NameError;
        if (query.Reply.AnswerCount == 0)
        {
            RecordNotation.Add(query.Reply, Section.Authority, Denial);
        }

        return ServeResult.Answered;
    }
}
