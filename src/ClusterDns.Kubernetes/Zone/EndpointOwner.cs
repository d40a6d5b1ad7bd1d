using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>One endpoint with the address that was looked for.</summary>
public readonly ref struct EndpointOwner
{
    private readonly ServiceNode _service;

    internal EndpointOwner(ServiceNode service, PackedEndpoints endpoints, int index)
    {
        _service = service;
        Endpoints = endpoints;
        Index = index;
    }

    public NamespaceEntry Namespace => _service.Namespace;

    /// <summary>The Service; null if a slice names one that does not exist, which still gives its endpoints names.</summary>
    public ServiceEntry? Service => _service.Current;

    /// <summary>The Service's name in lower case, whether it exists or not.</summary>
    public ReadOnlySpan<byte> ServiceLabel => _service.Label;

    /// <summary>See <see cref="ServiceEntry.QualifiedLabels"/>.</summary>
    public ReadOnlySpan<byte> QualifiedLabels => _service.QualifiedLabels;

    /// <summary>The group that holds the endpoint.</summary>
    public PackedEndpoints Endpoints { get; }

    /// <summary>The endpoint within <see cref="Endpoints"/>.</summary>
    public int Index { get; }
}
