namespace ClusterDns.Kubernetes.Objects;

/// <summary>A namespace: only its existence matters.</summary>
public sealed record NamespaceRecord(string Name)
{
    /// <summary>See <see cref="Objects.ResourceVersion"/>; 0 for none.</summary>
    public ulong ResourceVersion { get; init; }
}
