using ClusterDns.Operations;
using Prometheus;

namespace ClusterDns.Plugins.Acl;

/// <summary>What was done to how many queries, by server and zone.</summary>
internal sealed class AclMetrics
{
    private readonly MetricFactory _factory;
    private readonly string _view;

    /// <param name="registry">The server's.</param>
    /// <param name="view">The name of the block's view; empty without one.</param>
    public AclMetrics(CollectorRegistry registry, string view)
    {
        _view = view;
        _factory = Metrics.WithCustomRegistry(registry);
        Blocked = CreateByZone("coredns_acl_blocked_requests_total", "Queries that were refused.");
        Filtered = CreateByZone("coredns_acl_filtered_requests_total", "Queries that got an empty answer.");
        Dropped = CreateByZone("coredns_acl_dropped_requests_total", "Queries that got no reply.");
        var allowed = _factory.CreateCounter("coredns_acl_allowed_requests_total", "Queries that went on.", ["server", "view"]);
        Allowed = new((server, _) => allowed.WithLabels(server, _view));
    }

    public SeriesByReference<string, Counter.Child> Blocked { get; }

    public SeriesByReference<string, Counter.Child> Filtered { get; }

    public SeriesByReference<string, Counter.Child> Dropped { get; }

    /// <summary>The zone is no label of these.</summary>
    public SeriesByReference<string, Counter.Child> Allowed { get; }

    private SeriesByReference<string, Counter.Child> CreateByZone(string name, string help)
    {
        var family = _factory.CreateCounter(name, help, ["server", "zone", "view"]);
        return new((server, zone) => family.WithLabels(server, zone, _view));
    }
}
