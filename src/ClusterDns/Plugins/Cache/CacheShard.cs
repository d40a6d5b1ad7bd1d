namespace ClusterDns.Plugins.Cache;

/// <summary>A part of a table: which entries are in it, and which has to go. Readers take no lock, writers take turns.</summary>
/// <remarks>
/// Eviction is S3-FIFO (Yang et al., 2023): new entries wait in a probation segment, a tenth of all, and most names of a
/// scan leave from there without touching the rest. Those used meanwhile move to the main segment, which goes round like
/// a clock. A hit only counts, so reading stays free of locks.
/// </remarks>
internal sealed class CacheShard(int capacity, CacheBudget budget)
{
    /// <summary>Probation gets one entry of so many.</summary>
    private const int ProbationPart = 10;

    /// <summary>Entries looked at in one eviction; the next one goes then, however popular.</summary>
    private const int MostSteps = 512;

    private readonly Lock _writing = new();
    private readonly CacheSlots _slots = new();
    private readonly CacheSegment _probation = new();
    private readonly CacheSegment _main = new();
    private GhostFilter? _ghosts;
    private int _sweepAt;
    private bool _isClosed;
    private long _bytes;
    private long _evictions;

    public int Count => _probation.Count + _main.Count;

    /// <summary>Octets that the entries are charged with.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Entries that had to go though they might have been served.</summary>
    public long Evictions => Volatile.Read(ref _evictions);

    public CacheEntry? Find(in CacheKey key) => _slots.Find(key);

    /// <summary>Adds an entry whose octets are reserved, in the place of one with the same key.</summary>
    public void Add(CacheEntry entry, long now)
    {
        lock (_writing)
        {
            if (_isClosed)
            {
                budget.Release(entry.Charge);
                return;
            }

            if (_slots.FindSame(entry) is { } old)
            {
                Replace(old, entry);
                return;
            }

            while (Count >= capacity)
            {
                EvictOldest(now);
            }

            entry.IsProven = _ghosts?.Take(entry.Hash) ?? false;
            Link(entry);
            _slots.Add(entry);
        }
    }

    public void Remove(in CacheKey key)
    {
        lock (_writing)
        {
            if (_slots.Find(key) is { } entry)
            {
                Remove(entry);
            }
        }
    }

    /// <summary>Every entry, for a reader.</summary>
    public IEnumerable<CacheEntry> Entries() => _slots.Entries();

    /// <summary>Removes what is at or below a name; gives how many entries.</summary>
    public int Remove(CacheScope scope)
    {
        lock (_writing)
        {
            CacheEntry[] matching = [.. _slots.Entries().Where(scope.Covers)];
            foreach (var entry in matching)
            {
                Remove(entry);
            }

            return matching.Length;
        }
    }

    /// <summary>Makes room by one entry; false when there is none.</summary>
    public bool TryEvict(long now)
    {
        lock (_writing)
        {
            if (Count == 0)
            {
                return false;
            }

            EvictOldest(now);
            return true;
        }
    }

    /// <summary>Drops what may not be served any more among the next slots.</summary>
    public void Sweep(long now)
    {
        lock (_writing)
        {
            for (var step = Math.Min(CacheLimits.SweepSlots, _slots.Size); step > 0 && Count > 0; step--)
            {
                _sweepAt = (_sweepAt + 1) & (_slots.Size - 1);
                if (_slots.At(_sweepAt) is { } entry && entry.UsableUntil <= now)
                {
                    Remove(entry);
                }
            }
        }
    }

    /// <summary>Empties it and takes nothing any more.</summary>
    public void Close()
    {
        lock (_writing)
        {
            _isClosed = true;
            while ((_probation.Oldest ?? _main.Oldest) is { } entry)
            {
                Remove(entry);
            }
        }
    }

    private void Replace(CacheEntry old, CacheEntry entry)
    {
        entry.IsProven = old.IsProven;
        entry.Uses = old.Uses;
        Unlink(old);
        Link(entry);
        _slots.Replace(entry);
    }

    private void EvictOldest(long now)
    {
        for (var step = 0; ; step++)
        {
            var isProbation = _main.Count == 0 || _probation.Count * ProbationPart >= Count;
            var entry = (isProbation ? _probation : _main).Oldest!;
            if (entry.UsableUntil <= now)
            {
                Remove(entry);
                return;
            }

            if (step < MostSteps && Survives(entry, isProbation))
            {
                continue;
            }

            if (isProbation)
            {
                (_ghosts ??= new GhostFilter(Count)).Add(entry.Hash);
            }

            Remove(entry);
            Volatile.Write(ref _evictions, _evictions + 1);
            return;
        }
    }

    // One use may be the same client asking again; two are more than a scan makes.
    private bool Survives(CacheEntry entry, bool isProbation)
    {
        if (entry.Uses <= (isProbation ? 1 : 0))
        {
            return false;
        }

        (isProbation ? _probation : _main).Remove(entry);
        entry.IsProven = true;
        entry.Uses = (byte)(isProbation ? 0 : entry.Uses - 1);
        _main.Add(entry);
        return true;
    }

    private void Remove(CacheEntry entry)
    {
        Unlink(entry);
        _slots.Remove(entry);
    }

    private void Link(CacheEntry entry)
    {
        (entry.IsProven ? _main : _probation).Add(entry);
        Volatile.Write(ref _bytes, _bytes + entry.Charge);
    }

    private void Unlink(CacheEntry entry)
    {
        (entry.IsProven ? _main : _probation).Remove(entry);
        Volatile.Write(ref _bytes, _bytes - entry.Charge);
        budget.Release(entry.Charge);
    }
}
