using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>One slice whose node still serves endpoints that its object does not have any more.</summary>
/// <param name="node">The slice's place.</param>
internal sealed class Departure(EndpointsNode node)
{
    public EndpointsNode Node { get; } = node;

    /// <summary>What the object says.</summary>
    public PackedEndpoints[] Own { get; set; } = [];

    public int NotReadyCount { get; set; }

    /// <summary>The object is gone: so goes the node, with the last that is kept.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>What is served on top of it, and until when.</summary>
    public List<(PackedEndpoints Endpoints, long Until)> Kept { get; set; } = [];

    public PackedEndpoints[] Served => [.. Own, .. Kept.Select(kept => kept.Endpoints)];
}
