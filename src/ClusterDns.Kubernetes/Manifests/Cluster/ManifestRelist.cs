using ClusterDns.Kubernetes.Manifests.Labels;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Manifests.Cluster;

/// <summary>Tells the zone of all objects, kind by kind, as an API server's lists would; what is missing is swept.</summary>
internal sealed class ManifestRelist(ClusterSourceOptions options, LabelSelector? selector, LabelSelector? namespaceSelector)
{
    public IReadOnlyList<ResourceKind> Kinds { get; } =
    [
        ResourceKind.Namespace,
        ResourceKind.Service,
        .. EndpointKinds(options.EndpointSource),
        .. options.WatchPods ? new[] { ResourceKind.Pod } : [],
    ];

    private static ResourceKind[] EndpointKinds(EndpointSource source) => source switch
    {
        EndpointSource.Auto => [ResourceKind.EndpointSlice, ResourceKind.Endpoints],
        EndpointSource.Slices => [ResourceKind.EndpointSlice],
        EndpointSource.Endpoints => [ResourceKind.Endpoints],
        _ => [],
    };

    /// <summary>Every list ends behind all objects: what moves from one kind to another is missing at no time.</summary>
    public IEnumerable<ClusterChange> Of(ObjectTable objects)
    {
        var endpoints = new EndpointTable(objects, Kinds, selector, options.KeepPodNames);
        return Kinds.Select(ClusterChange.RelistStarted)
            .Concat(Kinds.SelectMany(kind => Puts(kind, objects, endpoints)))
            .Concat(Kinds.Select(ClusterChange.RelistFinished));
    }

    private IEnumerable<ClusterChange> Puts(ResourceKind kind, ObjectTable objects, EndpointTable endpoints) => kind switch
    {
        ResourceKind.Namespace => NamespaceTable.Find(objects, namespaceSelector).Select(ClusterChange.Put),
        ResourceKind.EndpointSlice or ResourceKind.Endpoints =>
            endpoints.OfKind(kind).Select(record => ClusterChange.Put(kind, record)),
        _ => objects.OfKind(kind)
            .Where(item => item.Record is not null && (selector is null || selector.Matches(item.Labels)))
            .Select(item => new ClusterChange(ClusterAction.Put, kind, item.Key, item.Record)),
    };
}
