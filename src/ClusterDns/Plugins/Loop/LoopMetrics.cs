using Prometheus;

namespace ClusterDns.Plugins.Loop;

/// <summary>Questions that came back, by the upstream that they came back from.</summary>
internal sealed class LoopMetrics(CollectorRegistry registry)
{
    private readonly Counter _detections = Metrics.WithCustomRegistry(registry).CreateCounter(
        "clusterdns_loop_detections_total", "Questions to an upstream that came back here.", ["to"]);

    /// <summary>Shows an upstream that is asked: an alert sees the first detection only where a zero was before.</summary>
    public void Show(string address) => _detections.WithLabels(address);

    public void Count(string address) => _detections.WithLabels(address).Inc();
}
