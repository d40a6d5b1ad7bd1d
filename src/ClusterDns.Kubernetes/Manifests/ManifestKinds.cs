using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>
/// The kinds read from files. The group counts: others have kinds of the same name, such as the Service of Knative.
/// </summary>
internal static class ManifestKinds
{
    /// <param name="apiVersion">Empty passes for the right one: an API server would refuse it, but nothing is unclear.</param>
    /// <param name="kind">As written.</param>
    public static ResourceKind? Find(string apiVersion, string kind) => (apiVersion, kind) switch
    {
        ("v1" or "", "Namespace") => ResourceKind.Namespace,
        ("v1" or "", "Service") => ResourceKind.Service,
        ("v1" or "", "Endpoints") => ResourceKind.Endpoints,
        ("v1" or "", "Pod") => ResourceKind.Pod,
        ("discovery.k8s.io/v1" or "discovery.k8s.io/v1beta1" or "", "EndpointSlice") => ResourceKind.EndpointSlice,
        _ => null,
    };
}
