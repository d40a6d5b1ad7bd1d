using Prometheus;

namespace ClusterDns.Serving;

/// <summary>What the server itself counts, whether or not the <c>prometheus</c> plugin shows it.</summary>
internal sealed class ServerMetrics
{
    private readonly Counter _panics;

    public ServerMetrics(CollectorRegistry registry)
    {
        _panics = Metrics.WithCustomRegistry(registry)
            .CreateCounter("coredns_panics_total", "Exceptions that a plugin threw while it served a query.");
    }

    public void CountPanic() => _panics.Inc();
}
