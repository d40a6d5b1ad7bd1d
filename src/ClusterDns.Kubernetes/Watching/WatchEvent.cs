using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>One line of a watch.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Reading">The object, for Put and Deleted.</param>
/// <param name="Version">Where a watch may resume after this line; null where the object does not say.</param>
/// <param name="EndsInitialEvents">The bookmark that ends a streamed list.</param>
/// <param name="Error">For an ERROR: what it stands for.</param>
internal readonly record struct WatchEvent(
    WatchEventType Type,
    ObjectReading Reading = default,
    string? Version = null,
    bool EndsInitialEvents = false,
    ApiOutcome Error = default);
