using ClusterDns.Kubernetes.Objects;
using Prometheus;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>How long changes of endpoints took from their cause to our answers.</summary>
internal sealed class KubernetesMetrics
{
    private readonly Histogram.Child _clusterAddress;
    private readonly Histogram.Child _headless;

    public KubernetesMetrics(CollectorRegistry registry)
    {
        // From a millisecond to nine minutes.
        var configuration = new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 2, 20) };
        var durations = Metrics.WithCustomRegistry(registry).CreateHistogram(
            "coredns_kubernetes_dns_programming_duration_seconds",
            "Time from a change of endpoints to its being answered.",
            ["service_kind"],
            configuration);
        _clusterAddress = durations.WithLabels("cluster_ip");
        _headless = durations.WithLabels("headless_with_selector");
    }

    /// <summary>Counts one event of a Service's endpoints.</summary>
    public void ObserveProgramming(ServiceKind kind, TimeSpan duration)
    {
        switch (kind)
        {
            case ServiceKind.ClusterIP:
                _clusterAddress.Observe(duration.TotalSeconds);
                break;
            case ServiceKind.Headless:
                _headless.Observe(duration.TotalSeconds);
                break;
        }
    }
}
