namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>What one JSON object came to.</summary>
/// <param name="Key">Which object; names may be empty where it is refused.</param>
/// <param name="Record">
/// The zone's record; null where the object is refused, and where it is sound but has no part in DNS: a pod that has ended
/// or has no address yet, a slice of host names.
/// </param>
/// <param name="Problem">What was left out or why the object is refused, as the end of a sentence; null if all is well.</param>
/// <param name="IsRefused">
/// Nothing can be said about the object. After an event that leaves what was known of it; a list leaves it out.
/// </param>
internal readonly record struct ObjectReading(ObjectKey Key, object? Record, string? Problem, bool IsRefused = false)
{
    public static ObjectReading Refused(ObjectKey key, string problem) => new(key, null, problem, true);

    /// <summary>What the zone is told; not for a refused object.</summary>
    public ClusterChange ToChange(ResourceKind kind) =>
        Record is null ? ClusterChange.Remove(kind, Key) : new ClusterChange(ClusterAction.Put, kind, Key, Record);
}
