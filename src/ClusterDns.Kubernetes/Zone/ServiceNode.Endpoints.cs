using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <content>The objects that give the Service its endpoints: a list sorted by their names, the writer's own.</content>
internal sealed partial class ServiceNode
{
    private EndpointsNode? _firstEndpoints;
    private int _sliceCount;

    /// <summary>Once a Service has slices, what a legacy Endpoints object says of it is not served.</summary>
    public bool HasSlices => _sliceCount > 0;

    public bool HasSeveralSlices => _sliceCount > 1;

    public bool HasEndpointObjects => _firstEndpoints is not null;

    /// <summary>Objects of the legacy kind: one, if its name is the Service's as it should be.</summary>
    public IEnumerable<EndpointsNode> LegacyEndpoints
    {
        get
        {
            for (var node = _firstEndpoints; node is not null; node = node.Next)
            {
                if (node.Kind == ResourceKind.Endpoints)
                {
                    yield return node;
                }
            }
        }
    }

    public void Attach(EndpointsNode node)
    {
        ref var link = ref _firstEndpoints;
        while (link is not null && link.CompareTo(node) < 0)
        {
            link = ref link.Next;
        }

        node.Next = link;
        link = node;
        CountSlice(node, 1);
    }

    public void Detach(EndpointsNode node)
    {
        ref var link = ref _firstEndpoints;
        while (!ReferenceEquals(link, node))
        {
            link = ref link!.Next;
        }

        link = node.Next;
        CountSlice(node, -1);
    }

    /// <summary>All groups that are served, in order of their objects.</summary>
    public PackedEndpoints[] CollectGroups(out int notReadyCount)
    {
        var groupCount = 0;
        notReadyCount = 0;
        EndpointsNode? only = null;
        for (var node = _firstEndpoints; node is not null; node = node.Next)
        {
            if (node.IsServed)
            {
                only = groupCount == 0 ? node : only;
                groupCount += node.Groups.Length;
                notReadyCount += node.NotReadyCount;
            }
        }

        // Nine services in ten have one slice: its array serves for both.
        return only is null || only.Groups.Length == groupCount ? only?.Groups ?? [] : Join(groupCount);
    }

    private PackedEndpoints[] Join(int groupCount)
    {
        var groups = new PackedEndpoints[groupCount];
        var position = 0;
        for (var node = _firstEndpoints; node is not null; node = node.Next)
        {
            if (node.IsServed)
            {
                node.Groups.CopyTo(groups, position);
                position += node.Groups.Length;
            }
        }

        return groups;
    }

    private void CountSlice(EndpointsNode node, int change) =>
        _sliceCount += node.Kind == ResourceKind.EndpointSlice ? change : 0;
}
