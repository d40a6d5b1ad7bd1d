using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>The counters of a block, found by listener and zone. A block has few of both, and they are always the same objects.</summary>
internal sealed class SeriesByListener(QueryMetrics metrics)
{
    private readonly Lock _learning = new();
    private Known[] _known = [];

    public QuerySeries Of(Query query)
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
