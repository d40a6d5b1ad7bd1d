using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Plugins.Status.Feed;

/// <summary>One thing that a cluster told.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Time">Milliseconds since 1970.</param>
/// <param name="Action">What happened.</param>
/// <param name="Kind">To which kind.</param>
/// <param name="Key">To which object; none for a list.</param>
/// <param name="Count">Objects of a list that ended.</param>
internal readonly record struct ZoneEvent(
    long Number, long Time, ClusterAction Action, ResourceKind Kind, ObjectKey Key, int Count);
