using ClusterDns.Plugins.Prometheus;
using Prometheus;

namespace ClusterDns.Plugins.Loop;

/// <summary>Questions that came back, by the upstream that they came back from.</summary>
internal sealed class LoopMetrics(CollectorRegistry registry, SeriesBudget budget)
{
    private readonly Counter _detections = Metrics.WithCustomRegistry(registry).CreateCounter(
        "clusterdns_loop_detections_total", "Questions to an upstream that came back here.", ["to"]);

    /// <summary>Shows an upstream that is asked: an alert sees the first detection only where a zero was before.</summary>
    public void Show(string address) => Of(address);

    public void Count(string address) => Of(address).Inc();

    private Counter.Child Of(string address) => _detections.WithLabels(budget.Admits(address) ? address : SeriesBudget.Other);
}
