namespace ClusterDns.Plugins.Cache;

/// <summary>One table of a cache, in shards so that writers seldom meet.</summary>
internal sealed class CacheTable
{
    private const int ShardBits = 4;
    private const int ShardCount = 1 << ShardBits;

    private readonly CacheShard[] _shards = new CacheShard[ShardCount];
    private readonly CacheBudget _budget;
    private readonly CacheClock _clock;
    private uint _evictAt;

    /// <param name="capacity">Entries, see <see cref="CacheLimits.EntriesFor"/>.</param>
    /// <param name="budget">What pays for them.</param>
    /// <param name="clock">Tells what is over.</param>
    public CacheTable(int capacity, CacheBudget budget, CacheClock clock)
    {
        _budget = budget;
        _clock = clock;
        Capacity = capacity;
        for (var i = 0; i < ShardCount; i++)
        {
            _shards[i] = new CacheShard(capacity / ShardCount, budget);
        }

        budget.Register(this);
    }

    /// <summary>Entries at most.</summary>
    public int Capacity { get; }

    public int Count => _shards.Sum(shard => shard.Count);

    public long Evictions => _shards.Sum(shard => shard.Evictions);

    /// <summary>Octets that its entries are charged with.</summary>
    public long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var shard in _shards)
            {
                bytes += shard.Bytes;
            }

            return bytes;
        }
    }

    /// <summary>The entry of a key, however old.</summary>
    public CacheEntry? Find(in CacheKey key) => ShardOf(key.Hash).Find(key);

    /// <summary>Keeps an entry; false when no memory is left for it.</summary>
    public bool TryAdd(CacheEntry entry)
    {
        if (!_budget.TryReserve(entry.Charge))
        {
            return false;
        }

        ShardOf(entry.Hash).Add(entry, _clock.Now);
        return true;
    }

    public void Remove(in CacheKey key)
    {
        // Mostly there is nothing, and looking takes no lock.
        if (Find(key) is not null)
        {
            ShardOf(key.Hash).Remove(key);
        }
    }

    /// <summary>Entries at or below a name, for an operator: looks at every entry, without a lock.</summary>
    public IEnumerable<CacheEntry> Find(CacheScope scope) =>
        _shards.SelectMany(shard => shard.Entries()).Where(scope.Covers);

    /// <summary>Removes them, shard by shard; gives how many there were.</summary>
    public int Remove(CacheScope scope) => _shards.Sum(shard => shard.Remove(scope));

    /// <summary>Makes room by one entry, from each shard in turn; false when there is none.</summary>
    public bool TryEvict()
    {
        var now = _clock.Now;
        for (var i = 0; i < ShardCount; i++)
        {
            if (_shards[Interlocked.Increment(ref _evictAt) % ShardCount].TryEvict(now))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One bounded step of dropping what may not be served any more.</summary>
    public void Sweep()
    {
        var now = _clock.Now;
        foreach (var shard in _shards)
        {
            shard.Sweep(now);
        }
    }

    /// <summary>Empties it; a late reply is not kept any more.</summary>
    public void Close()
    {
        foreach (var shard in _shards)
        {
            shard.Close();
        }

        _budget.Unregister(this);
    }

    private CacheShard ShardOf(ulong hash) => _shards[(int)(hash >> (64 - ShardBits))];
}
