using System.Collections;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A few zones to match names against, the longest one first.</summary>
internal sealed class ZoneList(IEnumerable<DnsName> zones) : IEnumerable<DnsName>
{
    private readonly DnsName[] _longestFirst = [.. zones.OrderByDescending(zone => zone.LabelCount)];

    /// <summary>The longest zone that the name is in; null if it is in none.</summary>
    public DnsName? Find(QuestionName name)
    {
        foreach (var zone in _longestFirst)
        {
            if (name.IsAtOrBelow(zone))
            {
                return zone;
            }
        }

        return null;
    }

    /// <summary>The longest zone that the name is in; null if it is in none.</summary>
    public DnsName? Find(DnsName name) => Array.Find(_longestFirst, name.IsAtOrBelow);

    /// <summary>Whether any name of <paramref name="zone"/> is in one of these zones.</summary>
    public bool Covers(DnsName zone) =>
        Array.Exists(_longestFirst, other => other.Wire.EndsWith(zone.Wire) || zone.Wire.EndsWith(other.Wire));

    public IEnumerator<DnsName> GetEnumerator() => _longestFirst.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
