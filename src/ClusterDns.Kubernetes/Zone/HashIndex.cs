using System.Numerics;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Hash to items, for one writer and many readers without locks. A hash with one item holds it directly; equal hashes
/// (several owners of one address, or chance) hold a sorted array that is replaced, never changed. So a reader gets all
/// owners of an address, or all of a moment ago, in the same order every time, by one read. The reader compares keys:
/// items know theirs. An item costs 16 to 32 octets; in a ConcurrentDictionary of 150,000 addresses it costs 88, of
/// 10,000 names 54, and finding one takes as long.
/// </summary>
internal sealed class HashIndex<T>
    where T : class, IComparable<T>
{
    private const int SmallestCapacity = 16;

    private HashSlots _slots = new(SmallestCapacity);
    private int _liveSlots;

    /// <summary>Slots at present; 12 octets each.</summary>
    public int Capacity => Volatile.Read(ref _slots).Capacity;

    public HashBucket<T> Find(uint hash)
    {
        var slots = Volatile.Read(ref _slots);
        return new HashBucket<T>(slots.ContentAt(slots.Locate(hash)));
    }

    /// <summary>Writer only. The item must not be there yet.</summary>
    public void Add(uint hash, T item)
    {
        var slot = _slots.Locate(hash);
        if (_slots.HashAt(slot) == 0 && _slots.Used + 1 > _slots.Capacity / 4 * 3)
        {
            Rebuild();
            slot = _slots.Locate(hash);
        }

        var bucket = new HashBucket<T>(_slots.ContentAt(slot));
        _liveSlots += bucket.Count == 0 ? 1 : 0;
        _slots.Set(slot, hash, bucket.With(item));
    }

    /// <summary>Writer only. Puts <paramref name="item"/> in the place of <paramref name="old"/>, in one step for readers; either may be null.</summary>
    public void Replace(uint hash, T? old, T? item)
    {
        if (old is null)
        {
            if (item is not null)
            {
                Add(hash, item);
            }
        }
        else if (item is null)
        {
            Remove(hash, old);
        }
        else
        {
            var slot = _slots.Locate(hash);
            _slots.Set(slot, hash, new HashBucket<T>(_slots.ContentAt(slot)).With(old, item));
        }
    }

    /// <summary>Writer only. Does nothing if the item is not there.</summary>
    public void Remove(uint hash, T item)
    {
        var slot = _slots.Locate(hash);
        var bucket = new HashBucket<T>(_slots.ContentAt(slot));
        if (bucket.Count == 0)
        {
            return;
        }

        var rest = bucket.Without(item);
        _liveSlots -= rest is null ? 1 : 0;
        _slots.Set(slot, hash, rest);
    }

    /// <summary>
    /// Every item once, in no order. The writer may remove items, and add none, while it walks; a reader may meet or
    /// miss what comes and goes meanwhile.
    /// </summary>
    public IEnumerable<T> Items()
    {
        var slots = Volatile.Read(ref _slots);
        for (var slot = 0; slot < slots.Capacity; slot++)
        {
            var bucket = new HashBucket<T>(slots.ContentAt(slot));
            for (var i = 0; i < bucket.Count; i++)
            {
                yield return bucket[i];
            }
        }
    }

    /// <summary>
    /// New arrays, sized by what is alive: grows, shrinks and drops the slots of hashes that are gone. Readers go on in
    /// the old arrays, which nobody changes any more. Paid for by as many additions as a quarter of the slots.
    /// </summary>
    private void Rebuild()
    {
        var old = _slots;
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(SmallestCapacity, (_liveSlots + 1) * 2));
        var slots = new HashSlots(capacity);
        for (var slot = 0; slot < old.Capacity; slot++)
        {
            if (old.ContentAt(slot) is { } content)
            {
                var hash = old.HashAt(slot);
                slots.Set(slots.Locate(hash), hash, content);
            }
        }

        Volatile.Write(ref _slots, slots);
    }
}
