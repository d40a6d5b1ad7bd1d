using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>One endpoint: where it stands in its group.</summary>
internal readonly record struct EndpointAt(PackedEndpoints Group, int Index)
{
    /// <summary>4 or 16 octets in network order.</summary>
    public ReadOnlySpan<byte> Address => Group.Address(Index);
}
