using ClusterDns.Explaining;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>Asks for the names that a resolver makes of one, through the search list, until there is an answer.</summary>
internal sealed class NameWalk(QueryOptions options, ClientSearch search, QueryExchange exchange)
{
    private readonly List<SearchStep> _steps = [];

    /// <summary>Every name asked for before the one whose reply is given; none without search.</summary>
    public IReadOnlyList<SearchStep> Steps => _steps;

    /// <summary>The reply with an answer, else the first that at least did not deny the name, else the last.</summary>
    public async Task<ReceivedReply?> RunAsync()
    {
        ReceivedReply? best = null;
        foreach (var name in Names())
        {
            var reply = await exchange.AskAsync(name).ConfigureAwait(false);
            if (reply is { AnswerCount: > 0 } || !options.Searches)
            {
                return reply;
            }

            _steps.Add(new SearchStep(name.ToString(), Describe(reply)));
            best = best is null or { Fields.Code: ResponseCode.NameError } ? reply ?? best : best;
        }

        return best;
    }

    private IReadOnlyList<DnsName> Names() =>
        options.Searches ? SearchWalk.Names(options.Name, search) : [DnsName.Parse(options.Name)];

    private static string Describe(ReceivedReply? reply) =>
        reply is null ? "no reply"
        : reply.Fields.Code == ResponseCode.NoError ? "NOERROR without answer"
        : Mnemonic.Of(reply.Fields.Code);
}
