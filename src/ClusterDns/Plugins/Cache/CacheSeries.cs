using ClusterDns.Operations;
using Prometheus;

namespace ClusterDns.Plugins.Cache;

/// <summary>What is counted for one listener, list of zones and view; lives as long as the server.</summary>
internal sealed class CacheSeries(CacheFamilies families, string server, string zones, string view)
{
    public const int Counts = (int)CacheCount.ServedStale + 1;

    private readonly PerThread<CacheTally> _tallies = new(() => new CacheTally());
    private readonly Counter.Child?[] _children = new Counter.Child?[Counts];

    public string Server { get; } = server;

    public string Zones { get; } = zones;

    public string View { get; } = view;

    /// <summary>The calling thread's counters.</summary>
    public CacheTally Tally => _tallies.Value;

    /// <summary>What all threads have counted since the start.</summary>
    public long Total(CacheCount what) => _tallies.All.Sum(tally => tally.Read(what));

    /// <summary>Brings the registry up to date; one caller at a time.</summary>
    public void Fold()
    {
        for (var i = 0; i < Counts; i++)
        {
            var total = 0L;
            foreach (var tally in _tallies.All)
            {
                total += tally.Read((CacheCount)i);
            }

            if (total > 0)
            {
                (_children[i] ??= families.ChildOf((CacheCount)i, Server, Zones, View)).IncTo(total);
            }
        }
    }
}
