namespace ClusterDns.Kubernetes.Manifests;

/// <summary>Manifests cannot be read with the options given: one sentence for the person who wrote them.</summary>
public sealed class ManifestPathException(string message) : Exception(message);
