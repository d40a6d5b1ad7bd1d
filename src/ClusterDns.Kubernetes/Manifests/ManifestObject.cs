using ClusterDns.Kubernetes.Manifests.Selection;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>One object of a file: the zone's record, and what an API server and its controllers would have used.</summary>
/// <param name="Kind">One of the kinds that names are made from.</param>
/// <param name="Key">Namespace and name.</param>
/// <param name="Record">Null for a sound object that has no part in DNS, such as a pod that has ended.</param>
/// <param name="Position">Where it stands.</param>
internal sealed record ManifestObject(ResourceKind Kind, ObjectKey Key, object? Record, ManifestPosition Position)
{
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Only for a Service.</summary>
    public ServiceSelection? Selection { get; init; }

    /// <summary>Only for a Pod.</summary>
    public PodTraits? Traits { get; init; }

    /// <summary>Part of it could not be read.</summary>
    public bool HasProblem { get; init; }

    /// <summary>From a former state of a file that has a broken document now.</summary>
    public bool IsKept { get; init; }

    public (ResourceKind Kind, ObjectKey Key) Identity => (Kind, Key);

    public override string ToString() => Printable.Of($"{Kind} {Key}");
}
