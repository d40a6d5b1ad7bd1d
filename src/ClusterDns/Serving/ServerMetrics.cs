using ClusterDns.Plugins.Prometheus;
using Prometheus;

namespace ClusterDns.Serving;

/// <summary>
/// The metrics of a whole server, made once for its registry. They outlive configurations, and count whether or not the
/// <c>prometheus</c> plugin shows them.
/// </summary>
internal sealed class ServerMetrics
{
    private readonly Counter _panics;
    private readonly Lazy<RuntimeMetrics> _runtime;

    public ServerMetrics(CollectorRegistry registry, TimeProvider time)
    {
        Queries = new QueryMetrics(registry, time);
        EnabledPlugins = new EnabledPluginMetrics(registry);
        _runtime = new Lazy<RuntimeMetrics>(() => new RuntimeMetrics(registry));
        var factory = Metrics.WithCustomRegistry(registry);
        _panics = factory.CreateCounter(
            "coredns_panics_total",
            "Exceptions that a plugin threw while it served a query.");
        factory.CreateGauge(
                "coredns_build_info",
                "Always 1; the labels tell what runs.",
                ["version", "revision", "goversion"])
            .WithLabels(BuildInfo.Version, BuildInfo.Revision, BuildInfo.Runtime)
            .Set(1);
        ProcessMetrics.Register(registry);
    }

    public QueryMetrics Queries { get; }

    public EnabledPluginMetrics EnabledPlugins { get; }

    public void CountPanic() => _panics.Inc();

    /// <summary>Exports the runtime's own figures from now on.</summary>
    public void EnableRuntimeMetrics() => _ = _runtime.Value;
}
