using ClusterDns.Measuring;

namespace ClusterDns.Scale;

/// <summary>A size to measure, and what we mean to need for it.</summary>
/// <param name="Title">For tables.</param>
/// <param name="Shape">Null for the example's manifests.</param>
/// <param name="HasPods">With a pod for each endpoint, and <c>pods verified</c>.</param>
/// <param name="MemoryLimit">MiB; null where we have no aim.</param>
internal sealed record ClusterSize(string Title, ClusterShape? Shape, bool HasPods, double? MemoryLimit)
{
    /// <summary>Times of changes are measured at this size.</summary>
    public bool HasChanges { get; init; }

    public static IReadOnlyList<ClusterSize> All { get; } =
    [
        new("the example's manifests", null, false, 30),
        new("10,000 Services, 30,000 endpoints", new ClusterShape(10_000, 3), false, 40),
        new("10,000 Services, 150,000 endpoints", new ClusterShape(10_000, 15), false, 60) { HasChanges = true },
        new("the same with 150,000 pods", new ClusterShape(10_000, 15), true, null),
    ];
}
