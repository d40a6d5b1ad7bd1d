using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>
/// The names that a resolver makes of one: through the search list, until there is an answer. A name with enough dots is
/// first asked for as it is, one that ends in a dot only so (resolv.conf(5)).
/// </summary>
internal sealed class NameWalk(QueryOptions options, ResolverSettings resolver, QueryExchange exchange)
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

    private IEnumerable<DnsName> Names()
    {
        var asWritten = DnsName.Parse(options.Name);
        var isAbsolute = options.Name.EndsWith('.') && !options.Name.EndsWith("\\.", StringComparison.Ordinal);
        if (!options.Searches || isAbsolute)
        {
            return [asWritten];
        }

        // An element that makes the name longer than names can be is passed over.
        var searched = resolver.Search
            .Select(suffix => DnsName.TryParse(suffix.IsRoot ? options.Name : $"{options.Name}.{suffix}", out var name) ? name : null)
            .OfType<DnsName>();
        return options.Name.Count(character => character == '.') >= resolver.Dots
            ? searched.Prepend(asWritten)
            : searched.Append(asWritten);
    }

    private static string Describe(ReceivedReply? reply) =>
        reply is null ? "no reply"
        : reply.Fields.Code == ResponseCode.NoError ? "NOERROR without answer"
        : Mnemonic.Of(reply.Fields.Code);
}
