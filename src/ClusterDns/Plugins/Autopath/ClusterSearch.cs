using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Autopath;

/// <summary>
/// The search list that the kubelet gives a pod: its namespace, all namespaces, the zone, and what the node has. Whose pod
/// asks is told by its address.
/// </summary>
internal sealed class ClusterSearch : ISearchList
{
    /// <summary>Labels between the base and the zone: the namespace and <c>svc</c>.</summary>
    private const int ClusterLabels = 2;

    private static readonly DnsName[] BaseAlone = [DnsName.Root];

    private readonly KubernetesPlugin _kubernetes;
    private readonly DnsName[] _elements;

    /// <param name="kubernetes">The zone, and its pods.</param>
    /// <param name="nodeElements">The search list of this machine, which pods have behind the cluster's.</param>
    public ClusterSearch(KubernetesPlugin kubernetes, IEnumerable<DnsName> nodeElements)
    {
        _kubernetes = kubernetes;

        // In a pod whose own list is a cluster's, these would lead into the namespace that the server runs in.
        var outside = nodeElements.Where(element => !kubernetes.Options.Zones.Any(element.IsAtOrBelow));
        _elements = [.. outside.Append(DnsName.Root).Distinct()];
    }

    public SearchMatch Find(Query query, out SearchWalk walk)
    {
        walk = default;
        var name = query.Name;
        if (_kubernetes.Options.Pods != PodMode.Verified || _kubernetes.Options.Zones.Find(name) is not { } zone)
        {
            return SearchMatch.None;
        }

        var below = name.LabelCount - zone.LabelCount;
        if (below <= ClusterLabels || !name.Label(below - 1).SequenceEqual("svc"u8))
        {
            return SearchMatch.None;
        }

        var baseLabels = below - ClusterLabels;
        walk = new SearchWalk(baseLabels, ClusterLabels, EndsInZone(name, baseLabels, zone) ? BaseAlone : _elements);
        if (!_kubernetes.TryFindClient(query, out var pod))
        {
            return SearchMatch.UnknownClient;
        }

        return name.Label(baseLabels).SequenceEqual(pod.Namespace.Label) ? SearchMatch.First : SearchMatch.None;
    }

    // With ndots:5 even a Service's whole name goes through the list. No other network is to hear of it.
    private static bool EndsInZone(QuestionName name, int baseLabels, DnsName zone)
    {
        if (zone.IsRoot || baseLabels < zone.LabelCount)
        {
            return false;
        }

        var tail = name.Wire[name.OffsetOf(baseLabels - zone.LabelCount)..name.OffsetOf(baseLabels)];
        return tail.SequenceEqual(zone.Wire[..^1]);
    }
}
