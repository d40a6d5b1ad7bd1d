using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>An object that a Service has endpoints from.</summary>
/// <param name="Kind"><see cref="ResourceKind.EndpointSlice"/> or <see cref="ResourceKind.Endpoints"/>.</param>
/// <param name="Name">Its own, in the namespace of the Service.</param>
/// <param name="ResourceVersion">As a number; 0 where none is known.</param>
public readonly record struct EndpointsObject(ResourceKind Kind, string Name, ulong ResourceVersion);
