using System.Text;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>One EndpointSlice or Endpoints object. Its groups are replaced whole; what it is and belongs to never changes.</summary>
internal sealed class EndpointsNode : IComparable<EndpointsNode>
{
    private readonly byte[] _name;
    private PackedEndpoints[] _groups = [];
    private ulong _version;

    public EndpointsNode(NamespaceEntry parent, ReadOnlySpan<byte> name, ResourceKind kind, ServiceNode? service)
    {
        Namespace = parent;
        _name = name.ToArray();
        Kind = kind;
        Service = service;
    }

    /// <summary>Writer only: the next object of the same Service. A field, so that the list is changed by reference.</summary>
    public EndpointsNode? Next;

    public NamespaceEntry Namespace { get; }

    /// <summary>The object's own name; a Service's name only for Endpoints.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary><see cref="ResourceKind.EndpointSlice"/> or <see cref="ResourceKind.Endpoints"/>.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Null for a slice without service label, which has no names.</summary>
    public ServiceNode? Service { get; }

    /// <summary>Ready endpoints; no group is empty. Kept by a removed node, for readers that have found it.</summary>
    public PackedEndpoints[] Groups => Volatile.Read(ref _groups);

    /// <summary>Writer only. Readers meet no other: what is not served is neither in its Service's entry nor in the index.</summary>
    public bool IsServed => Service is not null && (Kind == ResourceKind.EndpointSlice || !Service.HasSlices);

    /// <summary>Writer only.</summary>
    public int NotReadyCount { get; private set; }

    /// <summary>Of the object, see <see cref="Objects.ResourceVersion"/>; none once the object is gone.</summary>
    public ulong ResourceVersion
    {
        get => Volatile.Read(ref _version);
        set => Volatile.Write(ref _version, value);
    }

    /// <summary>Writer only: the list that last had this object.</summary>
    public int Generation { get; set; }

    public void Publish(PackedEndpoints[] groups, int notReadyCount)
    {
        NotReadyCount = notReadyCount;
        Volatile.Write(ref _groups, groups);
    }

    /// <param name="serviceName">Empty for none.</param>
    public bool BelongsTo(string serviceName) =>
        Service is null ? serviceName.Length == 0 : Ascii.Equals(Service.Label, serviceName);

    public int CompareTo(EndpointsNode? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byNamespace = Namespace.CompareTo(other.Namespace);
        var byName = byNamespace != 0 ? byNamespace : Name.SequenceCompareTo(other.Name);
        return byName != 0 ? byName : Kind.CompareTo(other.Kind);
    }
}
