using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>
/// The names that a resolver makes of one. A name with enough dots is first asked for as it is, one that ends in a dot
/// only so (resolv.conf(5)).
/// </summary>
internal static class SearchWalk
{
    /// <summary>In the order in which they are asked for. An element that makes the name too long is passed over.</summary>
    public static IReadOnlyList<DnsName> Names(string name, ClientSearch search)
    {
        if (!DnsName.TryParse(name, out var asWritten))
        {
            return [];
        }

        var isAbsolute = name.EndsWith('.') && !name.EndsWith("\\.", StringComparison.Ordinal);
        if (isAbsolute || name.Length == 0)
        {
            return [asWritten];
        }

        var searched = search.Elements
            .Take(ExplainLimits.MostSearched)
            .Select(element => DnsName.TryParse(element.IsRoot ? name : $"{name}.{element}", out var full) ? full : null)
            .OfType<DnsName>();
        var all = name.Count(character => character == '.') >= search.Dots
            ? searched.Prepend(asWritten)
            : searched.Append(asWritten);
        return [.. all.Distinct()];
    }
}
