using ClusterDns.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>One <c>kubernetes</c> directive.</summary>
internal sealed record KubernetesOptions
{
    /// <summary>Seconds, where no <c>ttl</c> is given.</summary>
    public const uint DefaultTimeToLive = 5;

    public static readonly TimeSpan DefaultStartupTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The cluster's zones, reverse zones among them.</summary>
    public required ZoneList Zones { get; init; }

    /// <summary>The first zone that is not reverse: where PTR records lead to.</summary>
    public required DnsName PrimaryZone { get; init; }

    /// <summary>What to read from which cluster.</summary>
    public required ClusterSourceOptions Source { get; init; }

    /// <summary>TTL of every record but <c>dns-version</c>, in seconds, 0 to 3600.</summary>
    public uint TimeToLive { get; init; } = DefaultTimeToLive;

    public PodMode Pods { get; init; } = PodMode.Disabled;

    public NamespaceFilter Namespaces { get; init; } = new([]);

    /// <summary>Where a name that does not exist is left to the next plugin.</summary>
    public ZoneList Fallthrough { get; init; } = new([]);

    /// <summary>A Service with cluster address but without ready endpoint does not exist.</summary>
    public bool IgnoreEmptyServices { get; init; }

    /// <summary>Clients with EDNS are told why a name does not exist.</summary>
    public bool Explains { get; init; }

    /// <summary>Longest wait for the cluster before queries are served.</summary>
    public TimeSpan StartupTimeout { get; init; } = DefaultStartupTimeout;
}
