using ClusterDns.Operations;
using Prometheus;

namespace ClusterDns.Plugins.Autopath;

/// <summary>How often a search list was walked to an answer.</summary>
internal sealed class AutopathMetrics
{
    /// <summary>The zone is no label of the counter.</summary>
    private const string NoZone = "";

    private readonly SeriesByReference<string, Counter.Child> _successes;

    public AutopathMetrics(CollectorRegistry registry)
    {
        var successes = Metrics.WithCustomRegistry(registry).CreateCounter(
            "coredns_autopath_success_total",
            "Queries that were answered by a name of the client's search list.",
            ["server"]);
        _successes = new((server, _) => successes.WithLabels(server));
    }

    public void Count(string server) => _successes.Of(server, NoZone).Inc();
}
