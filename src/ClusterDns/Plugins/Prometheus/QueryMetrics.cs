using ClusterDns.Serving;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// Counts queries. Each thread has its own counters, so counting costs no interlocked instruction, no look-up by label
/// and no memory; a scrape adds them up first. Belongs to the server, not to a configuration: a reload resets nothing.
/// </summary>
internal sealed class QueryMetrics
{
    /// <summary>The zone that queries for no zone of ours are counted under, as for CoreDNS.</summary>
    public const string DroppedZone = "dropped";

    private readonly Lock _changing = new();
    private readonly Lock _folding = new();
    private readonly TimeProvider _time;
    private readonly SeriesBudget _budget;
    private readonly TimeBuckets _timeBuckets;
    private readonly QueryFamilies _families;
    private QuerySeries[] _series = [];
    private string[] _pluginNames = [""];

    public QueryMetrics(CollectorRegistry registry, TimeProvider time, SeriesBudget budget)
    {
        _time = time;
        _budget = budget;
        _timeBuckets = new TimeBuckets(time);
        _families = new QueryFamilies(registry);
        registry.AddBeforeCollectCallback(Fold);
    }

    /// <summary>
    /// The counters of a server, zone and view: made once, then the same for everybody who asks. When there are too many, those
    /// that all later ones share.
    /// </summary>
    public QuerySeries SeriesOf(string server, string zone, string view = "")
    {
        if (!_budget.Admits(view.Length == 0 ? $"{server} {zone}" : $"{server} {zone} {view}"))
        {
            (server, zone, view) = (SeriesBudget.Other, SeriesBudget.Other, "");
        }

        lock (_changing)
        {
            var known = Array.Find(_series, series => series.Server == server && series.Zone == zone && series.View == view);
            if (known is not null)
            {
                return known;
            }

            var added = new QuerySeries(_families, server, zone, view);
            Volatile.Write(ref _series, [.. _series, added]);
            return added;
        }
    }

    /// <summary>All series there are, for whoever adds them up another way.</summary>
    public IReadOnlyList<QuerySeries> Series => Volatile.Read(ref _series);

    /// <summary>Counts a query that is done.</summary>
    public void Count(QuerySeries series, Query query, ServeResult result)
    {
        query.EndTimestamp = _time.GetTimestamp();
        var ticks = Math.Max(0, query.EndTimestamp - query.StartTimestamp);
        var plugin = IndexOf(result.IsAnswered ? query.AnsweredBy : "");
        series.Tally.Count(query, result, ticks, _timeBuckets.IndexOf(ticks), plugin);
    }

    private void Fold()
    {
        // Two scrapes at once would both hand the same difference to a histogram.
        lock (_folding)
        {
            var names = Volatile.Read(ref _pluginNames);
            foreach (var series in Volatile.Read(ref _series))
            {
                series.Fold(names, _timeBuckets.TickSeconds);
            }
        }
    }

    private int IndexOf(string pluginName)
    {
        var names = Volatile.Read(ref _pluginNames);
        for (var i = 0; i < names.Length; i++)
        {
            if (ReferenceEquals(names[i], pluginName))
            {
                return i;
            }
        }

        return IndexByValue(pluginName);
    }

    private int IndexByValue(string pluginName)
    {
        lock (_changing)
        {
            var index = Array.IndexOf(_pluginNames, pluginName);
            if (index >= 0 || _pluginNames.Length == TallyLayout.MostPlugins)
            {
                return Math.Max(index, 0);
            }

            Volatile.Write(ref _pluginNames, [.. _pluginNames, pluginName]);
            return _pluginNames.Length - 1;
        }
    }
}
