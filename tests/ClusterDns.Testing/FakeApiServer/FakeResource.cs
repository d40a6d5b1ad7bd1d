using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Testing;

/// <summary>One resource that the fake API server serves.</summary>
/// <param name="Kind">The kind, as ClusterDns calls it.</param>
/// <param name="ApiVersion">Group and version.</param>
/// <param name="KindName">The kind, as Kubernetes calls it.</param>
/// <param name="Plural">Its name in URLs, and in the files that <see cref="FakeApiServer.Load"/> reads.</param>
internal sealed record FakeResource(ResourceKind Kind, string ApiVersion, string KindName, string Plural)
{
    public static IReadOnlyList<FakeResource> All { get; } =
    [
        new(ResourceKind.Namespace, "v1", "Namespace", "namespaces"),
        new(ResourceKind.Service, "v1", "Service", "services"),
        new(ResourceKind.EndpointSlice, "discovery.k8s.io/v1", "EndpointSlice", "endpointslices"),
        new(ResourceKind.Endpoints, "v1", "Endpoints", "endpoints"),
        new(ResourceKind.Pod, "v1", "Pod", "pods"),
    ];

    public string Path => ApiVersion.Contains('/') ? $"/apis/{ApiVersion}/{Plural}" : $"/api/{ApiVersion}/{Plural}";

    public static FakeResource Of(ResourceKind kind) => All.Single(resource => resource.Kind == kind);
}
