using System.Globalization;
using System.Net;
using ClusterDns.Explaining;
using ClusterDns.Plugins.Autopath;
using ClusterDns.Plugins.Forward.Targets;

namespace ClusterDns.Cli.Querying;

/// <summary>What resolv.conf(5) says; a file that is not there says nothing.</summary>
/// <param name="Servers">In the order of the file.</param>
/// <param name="Search">The search list.</param>
internal sealed record ResolverSettings(IReadOnlyList<IPAddress> Servers, ClientSearch Search)
{
    private const int MostDots = 15;

    public static ResolverSettings Read(string path) =>
        ResolverFile.TryRead(path, out var text, out _) ? Parse(text) : new([], ClientSearch.None);

    public static ResolverSettings Parse(string text) => new(
        [.. ResolvConf.Parse("", text).Servers.Select(server => server.Address)],
        new ClientSearch(ResolverFile.ReadSearch(text), ReadDots(text)));

    // The last one counts, and more than fifteen are fifteen.
    private static int ReadDots(string text) => text.Split('\n')
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is ["options", ..])
        .SelectMany(words => words.Skip(1))
        .Where(word => word.StartsWith("ndots:", StringComparison.Ordinal))
        .Select(word => int.TryParse(word.AsSpan("ndots:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var dots)
            ? Math.Min(dots, MostDots)
            : ClientSearch.None.Dots)
        .LastOrDefault(ClientSearch.None.Dots);
}
