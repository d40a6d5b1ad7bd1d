using Prometheus;

namespace ClusterDns.Plugins.Local;

internal sealed class LocalMetrics(CollectorRegistry registry)
{
    /// <summary>Names below or in front of <c>localhost</c>: mostly a search list at work.</summary>
    public Counter LocalhostQueries { get; } = Metrics.WithCustomRegistry(registry).CreateCounter(
        "coredns_local_localhost_requests_total",
        "Queries for names below localhost, and for names that begin with it.");
}
