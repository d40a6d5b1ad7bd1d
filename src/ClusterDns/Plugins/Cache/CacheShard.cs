namespace ClusterDns.Plugins.Cache;

/// <summary>
/// A part of a table. Readers take no lock: they follow one array of slots, in which a writer changes one reference at a
/// time, or which it replaces whole. Writers take turns.
/// </summary>
/// <remarks>
/// Eviction is S3-FIFO (Yang et al., 2023): new entries wait in a probation segment, a tenth of all, and most names of a
/// scan leave from there without touching the rest. Those used meanwhile move to the main segment, which goes round like
/// a clock. A hit only counts, so reading stays free of locks.
/// </remarks>
internal sealed class CacheShard(int capacity, CacheBudget budget)
{
    private const int FirstSlots = 16;

    /// <summary>Probation gets one entry of so many.</summary>
    private const int ProbationPart = 10;

    /// <summary>Entries looked at in one eviction; the next one goes then, however popular.</summary>
    private const int MostSteps = 512;

    private readonly Lock _writing = new();
    private readonly CacheSegment _probation = new();
    private readonly CacheSegment _main = new();
    private GhostFilter? _ghosts;
    private CacheEntry?[] _slots = new CacheEntry?[FirstSlots];
    private int _usedSlots;
    private int _sweepAt;
    private bool _isClosed;
    private long _bytes;
    private long _evictions;

    public int Count => _probation.Count + _main.Count;

    /// <summary>Octets that the entries are charged with.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Entries that had to go though they might have been served.</summary>
    public long Evictions => Volatile.Read(ref _evictions);

    public CacheEntry? Find(in CacheKey key)
    {
        var slots = Volatile.Read(ref _slots);
        var mask = slots.Length - 1;
        for (var at = (int)key.Hash & mask; ; at = (at + 1) & mask)
        {
            var entry = Volatile.Read(ref slots[at]);
            if (entry is null || entry.Matches(key))
            {
                return entry;
            }
        }
    }

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

            if (TryReplace(entry))
            {
                return;
            }

            while (Count >= capacity)
            {
                EvictOldest(now);
            }

            Insert(entry);
        }
    }

    public void Remove(in CacheKey key)
    {
        lock (_writing)
        {
            if (Find(key) is { } entry)
            {
                Remove(entry);
            }
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
            for (var step = Math.Min(CacheLimits.SweepSlots, _slots.Length); step > 0; step--)
            {
                _sweepAt = (_sweepAt + 1) & (_slots.Length - 1);
                if (_slots[_sweepAt] is { } entry && entry != CacheEntry.Gone && entry.UsableUntil <= now)
                {
                    RemoveAt(_sweepAt);
                }
            }

            if (Count == 0 && _usedSlots > 0)
            {
                Rebuild();
            }
        }
    }

    /// <summary>Empties it and takes nothing any more.</summary>
    public void Close()
    {
        lock (_writing)
        {
            _isClosed = true;
            while (_probation.Oldest is { } entry)
            {
                Remove(entry);
            }

            while (_main.Oldest is { } entry)
            {
                Remove(entry);
            }
        }
    }

    private bool TryReplace(CacheEntry entry)
    {
        var slot = FindSlot(entry, out var old);
        if (old is null)
        {
            return false;
        }

        entry.IsProven = old.IsProven;
        entry.Uses = old.Uses;
        Unlink(old);
        Link(entry);
        Volatile.Write(ref _slots[slot], entry);
        return true;
    }

    private void Insert(CacheEntry entry)
    {
        // Three of eight slots stay free, so that looking for what isn't there ends soon.
        if (_usedSlots >= _slots.Length / 8 * 5)
        {
            Rebuild();
        }

        entry.IsProven = _ghosts?.Take(entry.Hash) ?? false;
        Link(entry);
        var slot = FindSlot(entry, out _);
        _usedSlots += _slots[slot] is null ? 1 : 0;
        Volatile.Write(ref _slots[slot], entry);
    }

    /// <summary>The slot of the entry with the same key, or the first free one for it.</summary>
    private int FindSlot(CacheEntry entry, out CacheEntry? same)
    {
        var mask = _slots.Length - 1;
        var free = -1;
        for (var at = (int)entry.Hash & mask; ; at = (at + 1) & mask)
        {
            same = _slots[at];
            if (same is null)
            {
                return free >= 0 ? free : at;
            }

            if (same == CacheEntry.Gone)
            {
                free = free >= 0 ? free : at;
            }
            else if (same.HasKeyOf(entry))
            {
                return at;
            }
        }
    }

    // Readers under way go on in the old array, which nobody changes any more.
    private void Rebuild()
    {
        var size = FirstSlots;
        while (size < (Count + 1) * 2)
        {
            size *= 2;
        }

        var old = _slots;
        var slots = new CacheEntry?[size];
        foreach (var entry in old)
        {
            if (entry is not null && entry != CacheEntry.Gone)
            {
                var at = (int)entry.Hash & (size - 1);
                while (slots[at] is not null)
                {
                    at = (at + 1) & (size - 1);
                }

                slots[at] = entry;
            }
        }

        _usedSlots = Count;
        _sweepAt = 0;
        Volatile.Write(ref _slots, slots);
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

    private void Remove(CacheEntry entry) => RemoveAt(FindSlot(entry, out _));

    private void RemoveAt(int slot)
    {
        Unlink(_slots[slot]!);
        Volatile.Write(ref _slots[slot], CacheEntry.Gone);
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
