namespace ClusterDns.Plugins.Cache;

/// <summary>One thread's counters. Only that thread writes; whoever folds them reads meanwhile.</summary>
internal sealed class CacheTally
{
    /// <summary>Cells in front and behind: another thread's counters are never on the same pair of cache lines.</summary>
    private const int Padding = 16;

    private readonly long[] _cells = new long[Padding + CacheSeries.Counts + Padding];

    public void Count(CacheCount what) => _cells[Padding + (int)what]++;

    public long Read(CacheCount what) => Volatile.Read(ref _cells[Padding + (int)what]);
}
