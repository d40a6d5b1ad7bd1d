using ClusterDns.Serving;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>Counts a block's queries under the server and zone they came in by.</summary>
internal sealed class PrometheusPlugin(QueryMetrics metrics, string view) : ReplyPlugin
{
    private readonly SeriesByListener _series = new(metrics, view);

    public override string Name => "prometheus";

    protected override ServeResult After(Query query, ServeResult result)
    {
        metrics.Count(_series.Of(query), query, result);
        return result;
    }
}
