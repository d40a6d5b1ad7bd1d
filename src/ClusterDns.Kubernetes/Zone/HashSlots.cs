namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The arrays behind <see cref="HashIndex{T}"/>: open addressing, two arrays in step, so that a miss touches hashes only.
/// </summary>
internal sealed class HashSlots(int capacity)
{
    private readonly uint[] _hashes = new uint[capacity];
    private readonly object?[] _items = new object?[capacity];

    /// <summary>A power of two.</summary>
    public int Capacity => _hashes.Length;

    /// <summary>Slots that hold a hash, with or without item.</summary>
    public int Used { get; private set; }

    /// <summary>The item at a slot; null for a free one.</summary>
    public object? ItemAt(int slot) => Volatile.Read(ref _items[slot]);

    public uint HashAt(int slot) => _hashes[slot];

    /// <summary>Where <paramref name="hash"/> is, or the free slot where it would go; there always is one.</summary>
    public int Locate(uint hash)
    {
        var mask = _hashes.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var present = Volatile.Read(ref _hashes[slot]);
            if (present == hash || present == 0)
            {
                return slot;
            }
        }
    }

    /// <summary>
    /// Writer only. The item goes first: a reader that sees the hash sees the item. A hash never leaves its slot, so a
    /// name whose items come and go stays where readers look for it.
    /// </summary>
    public void Set(int slot, uint hash, object? item)
    {
        Volatile.Write(ref _items[slot], item);
        if (_hashes[slot] == 0)
        {
            Volatile.Write(ref _hashes[slot], hash);
            Used++;
        }
    }
}
