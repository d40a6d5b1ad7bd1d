using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>What a Service is reached by from outside; its own object because few Services have it.</summary>
internal sealed record ServiceExternals(NetworkAddress[] Addresses, DnsName[] Hostnames)
{
    public static readonly ServiceExternals None = new([], []);

    public bool SameAs(ServiceExternals other) =>
        Addresses.AsSpan().SequenceEqual(other.Addresses) && Hostnames.AsSpan().SequenceEqual(other.Hostnames);
}
