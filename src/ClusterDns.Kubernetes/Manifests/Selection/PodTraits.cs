namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>What makes a pod an endpoint, beside its labels and addresses.</summary>
/// <param name="Hostname"><c>spec.hostname</c>: the endpoint's name where <paramref name="Subdomain"/> is the Service.</param>
/// <param name="Subdomain"><c>spec.subdomain</c>.</param>
/// <param name="IsReady">No condition says otherwise.</param>
/// <param name="Ports">Named container ports, for a <c>targetPort</c> by name.</param>
internal sealed record PodTraits(string Hostname, string Subdomain, bool IsReady, IReadOnlyList<ContainerPort> Ports);
