using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>What a <c>k8s_external</c> directive says.</summary>
internal sealed record K8sExternalOptions
{
    /// <summary>Seconds, where no <c>ttl</c> is given.</summary>
    public const uint DefaultTimeToLive = 5;

    /// <summary>Most that <c>ttl</c> may say, in seconds.</summary>
    public const uint MostTimeToLive = 3600;

    public static readonly DnsName DefaultApex = DnsName.Parse("dns");

    public required ZoneList Zones { get; init; }

    /// <summary>The first zone that is not reverse, or the first: where PTR records lead to.</summary>
    public required DnsName PrimaryZone { get; init; }

    /// <summary>What stands between <c>ns1</c> or <c>hostmaster</c> and the zone.</summary>
    public DnsName Apex { get; init; } = DefaultApex;

    public uint TimeToLive { get; init; } = DefaultTimeToLive;

    /// <summary>Headless Services without addresses outside are answered by their endpoints.</summary>
    public bool HasHeadless { get; init; }

    /// <summary>Where a name that does not exist is left to the next plugin.</summary>
    public ZoneList Fallthrough { get; init; } = new([]);
}
