namespace ClusterDns.Plugins.Cache;

/// <summary>
/// A hash table with open addressing for one writer at a time and any number of readers. Readers take no lock: they
/// follow one array, in which the writer changes one reference at a time, or which it replaces whole.
/// </summary>
internal sealed class CacheSlots
{
    private const int FirstSize = 16;

    private CacheEntry?[] _slots = new CacheEntry?[FirstSize];
    private int _count;
    private int _used;

    public int Size => _slots.Length;

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

    /// <summary>The entry with the same key as this one.</summary>
    public CacheEntry? FindSame(CacheEntry entry) => _slots[SlotOf(entry)] is { } same && same != CacheEntry.Gone ? same : null;

    /// <summary>The entry in a slot, if there is one.</summary>
    public CacheEntry? At(int slot) => _slots[slot] is { } entry && entry != CacheEntry.Gone ? entry : null;

    /// <summary>Every entry once, in no order, for a reader; those that come and go meanwhile may be missed.</summary>
    public IEnumerable<CacheEntry> Entries() =>
        Volatile.Read(ref _slots).Where(entry => entry is not null && entry != CacheEntry.Gone)!;

    /// <summary>Adds an entry whose key is not here.</summary>
    public void Add(CacheEntry entry)
    {
        // Three of eight slots stay free, so that looking for what isn't there ends soon.
        if (_used >= Size / 8 * 5)
        {
            Rebuild();
        }

        var slot = SlotOf(entry);
        _used += _slots[slot] is null ? 1 : 0;
        _count++;
        Volatile.Write(ref _slots[slot], entry);
    }

    /// <summary>Puts an entry in the place of one with the same key.</summary>
    public void Replace(CacheEntry entry) => Volatile.Write(ref _slots[SlotOf(entry)], entry);

    public void Remove(CacheEntry entry)
    {
        Volatile.Write(ref _slots[SlotOf(entry)], CacheEntry.Gone);
        _count--;
        if (_count == 0)
        {
            Rebuild();
        }
    }

    /// <summary>The slot of the entry with the same key, or the first free one for it.</summary>
    private int SlotOf(CacheEntry entry)
    {
        var mask = Size - 1;
        var free = -1;
        for (var at = (int)entry.Hash & mask; ; at = (at + 1) & mask)
        {
            var other = _slots[at];
            if (other is null)
            {
                return free >= 0 ? free : at;
            }

            if (other == CacheEntry.Gone)
            {
                free = free >= 0 ? free : at;
            }
            else if (other.HasKeyOf(entry))
            {
                return at;
            }
        }
    }

    // Readers under way go on in the old array, which nobody changes any more.
    private void Rebuild()
    {
        var size = FirstSize;
        while (size < (_count + 1) * 2)
        {
            size *= 2;
        }

        var slots = new CacheEntry?[size];
        foreach (var entry in _slots)
        {
            if (entry is null || entry == CacheEntry.Gone)
            {
                continue;
            }

            var at = (int)entry.Hash & (size - 1);
            while (slots[at] is not null)
            {
                at = (at + 1) & (size - 1);
            }

            slots[at] = entry;
        }

        _used = _count;
        Volatile.Write(ref _slots, slots);
    }
}
