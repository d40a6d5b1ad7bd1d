using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Health;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Ready;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>Pages of <c>health</c>, <c>ready</c> and <c>prometheus</c> that get into each other's way, or into the zones'.</summary>
internal static class PageRule
{
    private static readonly (string Name, string Default)[] Pages =
    [
        ("health", HealthOptions.DefaultAddress),
        ("ready", ReadyOptions.DefaultAddress),
        ("prometheus", PrometheusOptions.DefaultAddress),
    ];

    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        var seen = new List<Page>();
        foreach (var page in configuration.Blocks.SelectMany(PagesOf))
        {
            var earlier = seen.Find(other => Overlap(other, page));
            if (earlier is not null)
            {
                yield return Finding.Warning(
                    page.Place,
                    $"{page.Name} wants {page.Text}, and line {earlier.Place.Line} has {earlier.Text}: one of them cannot listen",
                    "write both addresses alike, or take another port");
            }
            else if (page.Name == "health" && seen.Any(other => other.Name == "health" && other.Address == page.Address))
            {
                yield return Finding.Warning(
                    page.Place, $"health at {page.Text} is there already: it is one page for the whole server", "remove this line");
            }

            if (configuration.Blocks.SelectMany(block => block.Keys.Select(key => (Block: block, Key: key)))
                .FirstOrDefault(pair => IsTaken(page, pair.Block, pair.Key)).Key is { } key)
            {
                yield return Finding.Warning(
                    page.Place, $"{page.Name} wants {page.Text}, where line {key.Token.Line} serves DNS over TCP", "take another port");
            }

            seen.Add(page);
        }
    }

    private static IEnumerable<Page> PagesOf(CheckedBlock block) =>
        from kind in Pages
        from line in block.Source.Lines(kind.Name)
        let text = line.Arguments.Count > 0 ? line.Arguments[0].Text : kind.Default
        where HttpListenAddress.TryParse(text, out var address, out _) && address.Port > 0
        select new Page(kind.Name, text, Parse(text), line.Arguments.Count > 0 ? line.Arguments[0] : line.NameToken);

    private static HttpListenAddress Parse(string text)
    {
        _ = HttpListenAddress.TryParse(text, out var address, out _);
        return address! with { Host = address.Host == "localhost" ? "127.0.0.1" : address.Host };
    }

    // Equal addresses share one socket; of two that differ one may be every address, and takes the port of the other.
    private static bool Overlap(Page one, Page other) =>
        one.Address.Port == other.Address.Port
        && one.Address.Host != other.Address.Host
        && (IsEvery(one.Address.Host) || IsEvery(other.Address.Host));

    private static bool IsTaken(Page page, CheckedBlock block, ServerKey key) =>
        key.Port == page.Address.Port
        && (IsEvery(page.Address.Host)
            || block.Setup.BindAddresses.Count == 0
            || block.Setup.BindAddresses.Any(address => address.ToString() == page.Address.Host));

    private static bool IsEvery(string host) => host is "" or "0.0.0.0" or "::";

    private sealed record Page(string Name, string Text, HttpListenAddress Address, CorefileToken Place);
}
