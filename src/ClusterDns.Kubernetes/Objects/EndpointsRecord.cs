using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>
/// One EndpointSlice object, or one legacy Endpoints object: the endpoints it gives to a Service. A slice is one group;
/// an Endpoints object has a group for each subset and address family. Replaced whole by the next event of its object.
/// </summary>
/// <param name="Key">The object's own namespace and name.</param>
/// <param name="ServiceName">The Service, in the object's namespace; empty for a slice without the service label.</param>
/// <param name="Groups">Endpoints that share a family and ports.</param>
/// <param name="LastChangeTrigger">
/// Annotation <c>endpoints.kubernetes.io/last-change-trigger-time</c>, for the programming latency; null without it.
/// </param>
public sealed record EndpointsRecord(
    ObjectKey Key,
    string ServiceName,
    IReadOnlyList<PackedEndpoints> Groups,
    DateTimeOffset? LastChangeTrigger = null)
{
    /// <summary>See <see cref="Objects.ResourceVersion"/>; 0 for none.</summary>
    public ulong ResourceVersion { get; init; }

    /// <summary>Addresses of the endpoints that are not ready, where the source tells them apart. Not kept.</summary>
    public IReadOnlyList<NetworkAddress> NotReady { get; init; } = [];
}
