namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>
/// Counts the most frequent keys of a stream in fixed memory: space-saving (Metwally, Agrawal, El Abbadi: "Efficient
/// computation of frequent and top-k elements in data streams", 2005). A key that has no counter takes over the lowest
/// one, and what that had is the most by which its count may be too high. Of n keys added, each that is more than n /
/// capacity of them is in here.
/// </summary>
/// <remarks>
/// One thread adds. Another may copy meanwhile: a counter whose key changes under its eyes it reads again, and a count is
/// the one of some moment during the copy.
/// </remarks>
internal sealed class Sketch
{
    /// <summary>How often a slot is read that changes each time; what changes that fast is none of the frequent.</summary>
    private const int MostReads = 8;

    private readonly int _capacity;
    private readonly int _keySize;
    private readonly PaddedArray<SketchSlot> _slots;
    private readonly PaddedArray<byte> _keys;
    private readonly PaddedArray<long> _added;
    private readonly CountOrder _order;
    private readonly KeyIndex _index;

    /// <param name="capacity">Counters, from 1 to 65,534.</param>
    /// <param name="keySize">Octets of the longest key; longer ones are cut.</param>
    public Sketch(int capacity, int keySize)
    {
        _capacity = capacity;
        _keySize = keySize;
        _slots = new PaddedArray<SketchSlot>(capacity);
        _keys = new PaddedArray<byte>(capacity * keySize);
        _added = new PaddedArray<long>(1);
        _order = new CountOrder(_slots, capacity);
        _index = new KeyIndex(_slots, _keys, capacity, keySize);
    }

    /// <summary>Octets of all its arrays; they never grow.</summary>
    public long Octets => _slots.Octets + _keys.Octets + _added.Octets + _order.Octets + _index.Octets;

    /// <param name="key">What occurred.</param>
    /// <param name="hash">Its hash, by the same <see cref="KeyHash"/> each time.</param>
    public void Add(ReadOnlySpan<byte> key, uint hash)
    {
        key = key.Length > _keySize ? key[.._keySize] : key;
        var slot = _index.Find(key, hash);
        if (slot < 0)
        {
            slot = _order.Lowest;
            Replace(slot, key, hash);
        }

        _order.Increment(slot);
        Volatile.Write(ref _added[0], _added[0] + 1);
    }

    public void Clear()
    {
        _slots.Items.Clear();
        _added[0] = 0;
        _order.Clear();
        _index.Clear();
    }

    /// <summary>All counters in use, as they are now.</summary>
    public SketchCopy Copy()
    {
        var counters = new List<SketchCounter>(_capacity);
        for (var i = 0; i < _capacity; i++)
        {
            if (TryRead(i, out var counter))
            {
                counters.Add(counter);
            }
        }

        // Read last: nothing that was copied is missing in them.
        var lowest = long.MaxValue;
        for (var i = 0; i < _capacity; i++)
        {
            lowest = Math.Min(lowest, Volatile.Read(ref _slots[i].Count));
        }

        return new SketchCopy(counters, lowest, Volatile.Read(ref _added[0]));
    }

    private void Replace(int index, ReadOnlySpan<byte> key, uint hash)
    {
        ref var slot = ref _slots[index];
        if (slot.Count > 0)
        {
            _index.Remove(index);
        }

        Volatile.Write(ref slot.Version, slot.Version + 1);
        Volatile.WriteBarrier();
        key.CopyTo(_keys.Items.Slice(index * _keySize, key.Length));
        slot.KeyLength = (ushort)key.Length;
        slot.Hash = hash;
        slot.Error = slot.Count;
        Volatile.Write(ref slot.Version, slot.Version + 1);
        _index.Add(index);
    }

    private bool TryRead(int index, out SketchCounter counter)
    {
        ref var slot = ref _slots[index];
        for (var reads = 0; reads < MostReads; reads++)
        {
            var version = Volatile.Read(ref slot.Version);
            var count = Volatile.Read(ref slot.Count);
            var error = slot.Error;
            var key = _keys.Items.Slice(index * _keySize, Math.Min(slot.KeyLength, _keySize)).ToArray();
            Volatile.ReadBarrier();
            if ((version & 1) == 0 && Volatile.Read(ref slot.Version) == version)
            {
                counter = new SketchCounter(key, count, Math.Min(error, count));
                return count > 0;
            }
        }

        counter = default;
        return false;
    }
}
