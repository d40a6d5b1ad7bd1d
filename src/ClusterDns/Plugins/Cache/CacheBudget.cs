namespace ClusterDns.Plugins.Cache;

/// <summary>
/// The memory that all caches of one server share. Whoever wants more than is left pushes out entries of the largest
/// table, its own or another.
/// </summary>
internal sealed class CacheBudget(long limit)
{
    private readonly Lock _changing = new();
    private CacheTable[] _tables = [];
    private long _used;

    /// <summary>Octets.</summary>
    public long Limit { get; } = limit;

    /// <summary>Octets that are reserved; for a moment over the limit while a reservation is turned down.</summary>
    public long Used => Volatile.Read(ref _used);

    public void Register(CacheTable table)
    {
        lock (_changing)
        {
            Volatile.Write(ref _tables, [.. _tables, table]);
        }
    }

    public void Unregister(CacheTable table)
    {
        lock (_changing)
        {
            Volatile.Write(ref _tables, [.. _tables.Where(other => other != table)]);
        }
    }

    /// <summary>
    /// Reserves octets, pushing out entries if need be. False when they are too many or nothing is left to push out.
    /// </summary>
    public bool TryReserve(int octets)
    {
        if (octets > Limit / CacheLimits.LargestEntryDivisor)
        {
            return false;
        }

        Interlocked.Add(ref _used, octets);
        while (Used > Limit)
        {
            if (!TryEvictFromLargest())
            {
                Release(octets);
                return false;
            }
        }

        return true;
    }

    public void Release(int octets) => Interlocked.Add(ref _used, -octets);

    private bool TryEvictFromLargest()
    {
        CacheTable? largest = null;
        var most = 0L;
        foreach (var table in Volatile.Read(ref _tables))
        {
            var bytes = table.Bytes;
            if (bytes > most)
            {
                most = bytes;
                largest = table;
            }
        }

        return largest is not null && largest.TryEvict();
    }
}
