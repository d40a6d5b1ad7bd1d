namespace ClusterDns.Plugins.Cache;

/// <summary>Entries in the order they came, linked through themselves. For one writer at a time.</summary>
internal sealed class CacheSegment
{
    private CacheEntry? _newest;

    public CacheEntry? Oldest { get; private set; }

    public int Count { get; private set; }

    public void Add(CacheEntry entry)
    {
        entry.Older = _newest;
        entry.Newer = null;
        if (_newest is null)
        {
            Oldest = entry;
        }
        else
        {
            _newest.Newer = entry;
        }

        _newest = entry;
        Count++;
    }

    public void Remove(CacheEntry entry)
    {
        if (entry.Older is null)
        {
            Oldest = entry.Newer;
        }
        else
        {
            entry.Older.Newer = entry.Newer;
        }

        if (entry.Newer is null)
        {
            _newest = entry.Older;
        }
        else
        {
            entry.Newer.Older = entry.Older;
        }

        // A reader may hold the entry for long; it must not keep its neighbours in memory.
        entry.Older = null;
        entry.Newer = null;
        Count--;
    }
}
