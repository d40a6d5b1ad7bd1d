using Prometheus;

namespace ClusterDns.Plugins.Health;

/// <summary>How the process fares when it asks itself.</summary>
internal sealed class HealthMetrics
{
    public HealthMetrics(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        Duration = factory.CreateHistogram(
            "coredns_health_request_duration_seconds",
            "Time that the process took to answer its own health request.",
            new HistogramConfiguration { Buckets = [0.00025, 0.0025, 0.025, 0.25, 2.5] });
        Failures = factory.CreateCounter(
            "coredns_health_request_failures_total",
            "Own health requests that failed.");
    }

    public Histogram Duration { get; }

    public Counter Failures { get; }
}
