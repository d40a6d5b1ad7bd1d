using ClusterDns.Plugins.Rewrite;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>
/// Rules in front of a chain that answers every question with the same records; it keeps what it was asked.
/// </summary>
internal sealed class RewriteScene : IAsyncDisposable
{
    public RewriteScene(string lines, params string[] answer)
    {
        Answer = answer;
        Fixture = new PluginFixture(RewriteDirective.Descriptor, lines) { Rest = Serve };
    }

    public PluginFixture Fixture { get; }

    /// <summary>Records of the answer, <c>OWNER TTL TYPE DATA</c>.</summary>
    public string[] Answer { get; set; }

    /// <summary>Records of the authority section.</summary>
    public string[] Authority { get; init; } = [];

    /// <summary>Records of the additional section.</summary>
    public string[] Additional { get; init; } = [];

    /// <summary>What else the chain does to the query and reply.</summary>
    public Action<Query> Further { get; init; } = _ => { };

    /// <summary>The questions that the chain was asked, <c>NAME TYPE CLASS</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The reply's records to a question, after a look at the result.</summary>
    public List<string> Ask(string name, RecordType type = RecordType.A)
    {
        using var query = QueryFactory.Ask(name, type);
        return Ask(query);
    }

    public List<string> Ask(Query query)
    {
        var result = Fixture.Ask(query);
        return result.Outcome == ServeOutcome.Answered
            ? RecordNotation.Read(query.Reply)
            : [$"{result.Outcome} {result.Code}: {query.Error}"];
    }

    public ValueTask DisposeAsync() => Fixture.DisposeAsync();

    private ServeResult Serve(Query query)
    {
        Asked.Add($"{WireName.ToText(query.NameAsSent)} {query.Type} {query.Class}");
        Add(query.Reply, Section.Answer, Answer);
        Add(query.Reply, Section.Authority, Authority);
        Add(query.Reply, Section.Additional, Additional);
        Further(query);
        return ServeResult.Answered;
    }

    private static void Add(Reply reply, Section section, string[] lines)
    {
        foreach (var line in lines)
        {
            RecordNotation.Add(reply, section, line);
        }
    }
}
