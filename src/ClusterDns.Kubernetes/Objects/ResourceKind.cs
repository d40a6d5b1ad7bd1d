namespace ClusterDns.Kubernetes.Objects;

/// <summary>The kinds that names are made from.</summary>
public enum ResourceKind : byte
{
    Namespace,
    Service,
    EndpointSlice,
    Endpoints,
    Pod,
}
