using ClusterDns.Kubernetes.Manifests.Labels;
using ClusterDns.Kubernetes.Manifests.Selection;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Manifests.Cluster;

/// <summary>
/// The endpoints of each Service, from one place: its EndpointSlices; without any, its Endpoints object, which a cluster
/// would mirror into slices (a dump of one has both); without that, the pods that its selector finds.
/// </summary>
internal sealed class EndpointTable
{
    private readonly ObjectTable _objects;
    private readonly LabelSelector? _selector;
    private readonly bool _keepPodNames;
    private readonly ResourceKind _kindOfPods;
    private readonly HashSet<ObjectKey> _sliced = [];
    private readonly HashSet<ObjectKey> _written = [];

    /// <param name="objects">All objects.</param>
    /// <param name="kinds">Kinds that are wanted; the others count as not there.</param>
    /// <param name="selector">Labels that the object must have; null for any.</param>
    /// <param name="keepPodNames">Pod names are kept with endpoints made from pods.</param>
    public EndpointTable(ObjectTable objects, IReadOnlyList<ResourceKind> kinds, LabelSelector? selector, bool keepPodNames)
    {
        _objects = objects;
        _selector = selector;
        _keepPodNames = keepPodNames;
        _kindOfPods = kinds.Contains(ResourceKind.EndpointSlice) ? ResourceKind.EndpointSlice : ResourceKind.Endpoints;
        if (kinds.Contains(ResourceKind.EndpointSlice))
        {
            _sliced.UnionWith(objects.OfKind(ResourceKind.EndpointSlice).Select(ServiceOf));
            _written.UnionWith(_sliced);
        }

        if (kinds.Contains(ResourceKind.Endpoints))
        {
            _written.UnionWith(objects.OfKind(ResourceKind.Endpoints).Select(endpoints => endpoints.Key));
        }
    }

    /// <param name="kind"><see cref="ResourceKind.EndpointSlice"/> or <see cref="ResourceKind.Endpoints"/>.</param>
    public IEnumerable<EndpointsRecord> OfKind(ResourceKind kind)
    {
        var written = _objects.OfKind(kind)
            .Where(item => IsSelected(item) && (kind == ResourceKind.EndpointSlice || !_sliced.Contains(item.Key)))
            .Select(item => item.Record)
            .OfType<EndpointsRecord>();
        return kind == _kindOfPods ? written.Concat(OfPods()) : written;
    }

    // A controller gives its slices the labels of their Service, so those decide here, and the pods' labels don't.
    private IEnumerable<EndpointsRecord> OfPods()
    {
        var pods = new PodIndex(_objects.OfKind(ResourceKind.Pod));
        foreach (var item in _objects.OfKind(ResourceKind.Service).Where(IsSelected))
        {
            if (item is not { Record: ServiceRecord service, Selection: { } selection } || !IsLeftToPods(service))
            {
                continue;
            }

            var found = pods.Find(item.Key.Namespace, selection.Selector);
            var groups = SelectedEndpoints.Build(service, selection, found, _keepPodNames);
            if (groups.Count > 0)
            {
                yield return new EndpointsRecord(KeyOfPods(item.Key), item.Key.Name, groups);
            }
        }
    }

    private bool IsLeftToPods(ServiceRecord service) =>
        service.Kind != ServiceKind.ExternalName && !_written.Contains(service.Key);

    private bool IsSelected(ManifestObject item) => _selector is null || _selector.Matches(item.Labels);

    private static ObjectKey ServiceOf(ManifestObject slice) =>
        new(slice.Key.Namespace, slice.Labels.GetValueOrDefault("kubernetes.io/service-name", ""));

    // No object has a slash in its name: this one gets in nobody's way.
    private ObjectKey KeyOfPods(ObjectKey service) =>
        _kindOfPods == ResourceKind.Endpoints ? service : service with { Name = service.Name + "/pods" };
}
