using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>What a Service says that a name can show; everything else of the object is dropped while it is read.</summary>
public sealed record ServiceRecord
{
    public required ObjectKey Key { get; init; }

    /// <summary>See <see cref="Objects.ResourceVersion"/>; 0 for none.</summary>
    public ulong ResourceVersion { get; init; }

    public required ServiceKind Kind { get; init; }

    /// <summary><c>spec.clusterIPs</c>, else <c>spec.clusterIP</c>; empty for headless and ExternalName Services.</summary>
    public IReadOnlyList<NetworkAddress> ClusterAddresses { get; init; } = [];

    public IReadOnlyList<PortRecord> Ports { get; init; } = [];

    /// <summary><c>spec.externalName</c> as written; only for <see cref="ServiceKind.ExternalName"/>.</summary>
    public string? ExternalName { get; init; }

    /// <summary><c>spec.externalIPs</c> and <c>status.loadBalancer.ingress[].ip</c>.</summary>
    public IReadOnlyList<NetworkAddress> ExternalAddresses { get; init; } = [];

    /// <summary><c>status.loadBalancer.ingress[].hostname</c>.</summary>
    public IReadOnlyList<string> ExternalHostnames { get; init; } = [];
}
