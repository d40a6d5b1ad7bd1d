namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>The <c>snapshot</c> property: where the cluster's names are kept for a start without the API server.</summary>
/// <param name="Path">The file; beside it, others of its name are written and renamed.</param>
/// <param name="MaxAge">An older snapshot is not served.</param>
/// <param name="Grace">How long the API server has for its first answer before the snapshot is served.</param>
public sealed record SnapshotOptions(string Path, TimeSpan MaxAge, TimeSpan Grace)
{
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromHours(24);

    /// <summary>An API server that is there has told of a large cluster by then; one that is not has cost a client one retry.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(1);
}
