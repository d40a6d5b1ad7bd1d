using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>A running pod; pods that have ended, or have no address yet, are never put.</summary>
/// <param name="Key">Namespace and name.</param>
/// <param name="Address"><c>status.podIP</c>.</param>
/// <param name="OtherAddress">The second of <c>status.podIPs</c>, where the pod is dual-stack.</param>
/// <param name="IsHostNetwork">Shares its node's address with other pods.</param>
public sealed record PodRecord(ObjectKey Key, NetworkAddress Address, NetworkAddress? OtherAddress, bool IsHostNetwork);
