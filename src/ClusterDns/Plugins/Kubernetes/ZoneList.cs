using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A few zones to match names against, the longest one first.</summary>
internal sealed class ZoneList(IEnumerable<DnsName> zones)
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
}
