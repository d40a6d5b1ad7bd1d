using ClusterDns.Operations;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>The counters of a block, found by the listener and the zone that a query came in by.</summary>
internal sealed class SeriesByListener(QueryMetrics metrics, string view)
{
    private readonly SeriesByReference<DnsName, QuerySeries> _series =
        new((server, zone) => metrics.SeriesOf(server, zone.ToString(), view));

    public QuerySeries Of(Query query) => _series.Of(query.ServerLabel, query.Zone);
}
