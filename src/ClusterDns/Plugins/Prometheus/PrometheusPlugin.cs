using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>Counts a block's queries under the server and zone they came in by.</summary>
internal sealed class PrometheusPlugin(QueryMetrics metrics) : ReplyPlugin
{
    private readonly Lock _learning = new();
    private Known[] _known = [];

    public override string Name => "prometheus";

    protected override ServeResult After(Query query, ServeResult result)
    {
        metrics.Count(SeriesFor(query), query, result);
        return result;
    }

    // A block has few zones and listeners, and both are always the same objects.
    private QuerySeries SeriesFor(Query query)
    {
        foreach (ref readonly var known in Volatile.Read(ref _known).AsSpan())
        {
            if (ReferenceEquals(known.Zone, query.Zone) && ReferenceEquals(known.Server, query.ServerLabel))
            {
                return known.Series;
            }
        }

        return Learn(query.ServerLabel, query.Zone);
    }

    private QuerySeries Learn(string server, DnsName zone)
    {
        lock (_learning)
        {
            var series = metrics.SeriesOf(server, zone.ToString());
            if (Array.TrueForAll(_known, known => known.Series != series))
            {
                Volatile.Write(ref _known, [.. _known, new Known(server, zone, series)]);
            }

            return series;
        }
    }

    private readonly record struct Known(string Server, DnsName Zone, QuerySeries Series);
}
