using Prometheus;

namespace ClusterDns.Plugins.Acl;

/// <summary>What was done to how many queries.</summary>
internal sealed class AclMetrics
{
    public AclMetrics(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        string[] byZone = ["server", "zone", "view"];
        Blocked = new AclCounter(
            factory.CreateCounter("coredns_acl_blocked_requests_total", "Queries that were refused.", byZone), hasZone: true);
        Filtered = new AclCounter(
            factory.CreateCounter("coredns_acl_filtered_requests_total", "Queries that got an empty answer.", byZone), hasZone: true);
        Dropped = new AclCounter(
            factory.CreateCounter("coredns_acl_dropped_requests_total", "Queries that got no reply.", byZone), hasZone: true);
        Allowed = new AclCounter(
            factory.CreateCounter("coredns_acl_allowed_requests_total", "Queries that went on.", ["server", "view"]), hasZone: false);
    }

    public AclCounter Blocked { get; }

    public AclCounter Filtered { get; }

    public AclCounter Dropped { get; }

    public AclCounter Allowed { get; }
}
