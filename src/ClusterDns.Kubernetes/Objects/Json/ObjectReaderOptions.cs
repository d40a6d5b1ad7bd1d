namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>What the readers keep beside what a name can show.</summary>
internal sealed record ObjectReaderOptions
{
    /// <summary>Pod names are kept with endpoints.</summary>
    public bool KeepPodNames { get; init; }

    /// <summary>Labels are kept in <see cref="ObjectMetadata.Labels"/>, for a caller that selects by itself.</summary>
    public bool KeepLabels { get; init; }

    /// <summary>Namespace of an object that names none; null refuses such an object.</summary>
    public string? DefaultNamespace { get; init; }
}
