namespace ClusterDns.Plugins.Cache;

/// <summary>A block's counters, found by its listener's label, which is always the same object.</summary>
internal sealed class CacheCounters(CacheMetrics metrics, string zones)
{
    private readonly Lock _learning = new();
    private Known[] _known = [];

    /// <summary>The calling thread's counters for a listener.</summary>
    public CacheTally TallyOf(string server)
    {
        foreach (ref readonly var known in Volatile.Read(ref _known).AsSpan())
        {
            if (ReferenceEquals(known.Server, server))
            {
                return known.Series.Tally;
            }
        }

        return Learn(server).Tally;
    }

    private CacheSeries Learn(string server)
    {
        lock (_learning)
        {
            var series = metrics.SeriesOf(server, zones);
            if (Array.TrueForAll(_known, known => !ReferenceEquals(known.Server, server)))
            {
                Volatile.Write(ref _known, [.. _known, new Known(server, series)]);
            }

            return series;
        }
    }

    private readonly record struct Known(string Server, CacheSeries Series);
}
