using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The place of one Service in the tables: stays while its entries come and go, and while endpoints wait for a Service
/// that has not arrived.
/// </summary>
internal sealed class ServiceNode : IComparable<ServiceNode>
{
    private readonly byte[] _qualifiedLabels;
    private ServiceEntry? _current;
    private int _sliceCount;

    public ServiceNode(NamespaceEntry parent, ReadOnlySpan<byte> label)
    {
        Namespace = parent;
        _qualifiedLabels = [(byte)label.Length, .. label, (byte)parent.Label.Length, .. parent.Label];
    }

    public NamespaceEntry Namespace { get; }

    /// <summary>Lower case, without length octet.</summary>
    public ReadOnlySpan<byte> Label => _qualifiedLabels.AsSpan(1, _qualifiedLabels[0]);

    public ReadOnlySpan<byte> QualifiedLabels => _qualifiedLabels;

    /// <summary>What is served; null while there is no Service object.</summary>
    public ServiceEntry? Current => Volatile.Read(ref _current);

    /// <summary>Once a Service has slices, what a legacy Endpoints object says of it is not served.</summary>
    public bool HasSlices => Volatile.Read(ref _sliceCount) > 0;

    /// <summary>Writer only: slices and Endpoints objects of this Service, a list sorted by name.</summary>
    public EndpointsNode? FirstEndpoints { get; private set; }

    /// <summary>Writer only: the list that last had the Service object.</summary>
    public int Generation { get; set; }

    public int CompareTo(ServiceNode? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byNamespace = Namespace.CompareTo(other.Namespace);
        return byNamespace != 0 ? byNamespace : Label.SequenceCompareTo(other.Label);
    }

    public void Publish(ServiceEntry? entry) => Volatile.Write(ref _current, entry);

    public void Attach(EndpointsNode node)
    {
        EndpointsNode? before = null;
        var after = FirstEndpoints;
        while (after is not null && after.CompareTo(node) < 0)
        {
            before = after;
            after = after.Next;
        }

        node.Next = after;
        Link(before, node);
        CountSlice(node, 1);
    }

    public void Detach(EndpointsNode node)
    {
        EndpointsNode? before = null;
        for (var at = FirstEndpoints; at != node; at = at!.Next)
        {
            before = at;
        }

        Link(before, node.Next);
        CountSlice(node, -1);
    }

    private void Link(EndpointsNode? before, EndpointsNode? after)
    {
        if (before is null)
        {
            FirstEndpoints = after;
        }
        else
        {
            before.Next = after;
        }
    }

    private void CountSlice(EndpointsNode node, int change)
    {
        if (node.Kind == ResourceKind.EndpointSlice)
        {
            Volatile.Write(ref _sliceCount, _sliceCount + change);
        }
    }
}
