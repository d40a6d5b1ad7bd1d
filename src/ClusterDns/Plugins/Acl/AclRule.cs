using ClusterDns.Wire;

namespace ClusterDns.Plugins.Acl;

/// <summary>One <c>acl</c> directive.</summary>
internal sealed class AclRule(IEnumerable<DnsName> zones, IReadOnlyList<AclPolicy> policies)
{
    // With their text, which metrics want: made once.
    private readonly (DnsName Zone, string Text)[] _longestFirst =
        [.. zones.Distinct().OrderByDescending(zone => zone.LabelCount).Select(zone => (zone, zone.ToString()))];

    private readonly AclPolicy[] _policies = [.. policies];

    /// <summary>Asked one after the other; the first that has the query decides.</summary>
    public ReadOnlySpan<AclPolicy> Policies => _policies;

    /// <summary>The longest of the rule's zones that the name is in, as text; null when it is in none.</summary>
    public string? ZoneOf(QuestionName name)
    {
        foreach (var (zone, text) in _longestFirst)
        {
            if (name.IsAtOrBelow(zone))
            {
                return text;
            }
        }

        return null;
    }
}
