using ClusterDns.Kubernetes.Snapshots;

namespace ClusterDns.Kubernetes;

/// <summary>
/// What to read from a cluster and how to reach it. Two <c>kubernetes</c> directives with equal options share one
/// connection and one zone.
/// </summary>
public sealed record ClusterSourceOptions
{
    /// <summary>File or directory of manifests; when set, no API server is asked.</summary>
    public string? ManifestPath { get; init; }

    /// <summary>API server's URL; null means in-cluster, or what the kubeconfig says.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Client certificate, key and CA files for <see cref="Endpoint"/>.</summary>
    public ClientCertificateFiles? Certificate { get; init; }

    public string? KubeconfigPath { get; init; }

    /// <summary>Context inside the kubeconfig; null means its current one.</summary>
    public string? KubeconfigContext { get; init; }

    /// <summary>Label selector for Services, endpoints and Pods; null means all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Label selector for Namespaces; null means all.</summary>
    public string? NamespaceLabelSelector { get; init; }

    /// <summary>Where endpoints are read from.</summary>
    public EndpointSource EndpointSource { get; init; } = EndpointSource.Auto;

    /// <summary>Pods are wanted, for <c>pods verified</c>.</summary>
    public bool WatchPods { get; init; }

    /// <summary>Pod names are kept with endpoints, for <c>endpoint_pod_names</c>.</summary>
    public bool KeepPodNames { get; init; }

    /// <summary>Requests a second to the API server; 0 leaves it unlimited.</summary>
    public double MaxRequestsPerSecond { get; init; }

    /// <summary>Requests that may go out at once before <see cref="MaxRequestsPerSecond"/> holds; 0 means 1.</summary>
    public int RequestBurst { get; init; }

    /// <summary>Where the names are kept for a start without the API server; null keeps none.</summary>
    public SnapshotOptions? Snapshot { get; init; }
}
