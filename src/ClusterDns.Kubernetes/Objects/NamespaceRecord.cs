namespace ClusterDns.Kubernetes.Objects;

/// <summary>A namespace: only its existence matters.</summary>
public sealed record NamespaceRecord(string Name);
