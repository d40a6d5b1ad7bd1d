using ClusterDns.Operations;
using ClusterDns.Operations.Bounds;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// The metrics of a whole server, made once for its registry. They outlive configurations and count even while no
/// block has <c>prometheus</c>.
/// </summary>
internal sealed class ServerMetrics
{
    private readonly Lazy<RuntimeMetrics> _runtime;

    public ServerMetrics(CollectorRegistry registry, TimeProvider time, ServerBounds bounds)
    {
        Series = new SeriesBudget(bounds.MetricsSeries);
        Queries = new QueryMetrics(registry, time, Series);
        Connections = new ConnectionMetrics(registry);
        EnabledPlugins = new EnabledPluginMetrics(registry);
        Listeners = new ListenerMetrics(registry);
        _runtime = new Lazy<RuntimeMetrics>(() => new RuntimeMetrics(registry));
        var factory = Metrics.WithCustomRegistry(registry);
        Panics = factory.CreateCounter("coredns_panics_total", "Exceptions that reached the edge of a server block.");
        factory.CreateGauge(
                "coredns_build_info",
                "Always 1; the labels tell what runs.",
                ["version", "revision", "goversion"])
            .WithLabels(BuildInfo.Version, BuildInfo.Revision, BuildInfo.Runtime)
            .Set(1);
        ProcessMetrics.Register(registry);
        ShowBounds(factory, bounds);
    }

    /// <summary>What bounds the series of everybody.</summary>
    public SeriesBudget Series { get; }

    public QueryMetrics Queries { get; }

    public ConnectionMetrics Connections { get; }

    public EnabledPluginMetrics EnabledPlugins { get; }

    public ListenerMetrics Listeners { get; }

    /// <summary>Exceptions caught where the chain ends; whoever catches one counts it here.</summary>
    public Counter Panics { get; }

    /// <summary>Exports the runtime's own figures from now on.</summary>
    public void EnableRuntimeMetrics() => _ = _runtime.Value;

    private static void ShowBounds(MetricFactory factory, ServerBounds bounds)
    {
        var family = factory.CreateGauge(
            "clusterdns_bound", "How much the server may have of what grows, chosen at its start by the memory it may use.", ["bound"]);
        foreach (var (name, value) in bounds.All)
        {
            family.WithLabels(name).Set(value);
        }
    }
}
