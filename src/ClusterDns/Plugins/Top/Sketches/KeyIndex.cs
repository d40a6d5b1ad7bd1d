using System.Numerics;

namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>Which slot has a key: open addressing, at most half full, and without marks of what was removed.</summary>
internal sealed class KeyIndex
{
    private readonly PaddedArray<SketchSlot> _slots;
    private readonly PaddedArray<byte> _keys;
    private readonly PaddedArray<ushort> _places;
    private readonly int _keySize;
    private readonly int _mask;

    /// <param name="slots">The counters.</param>
    /// <param name="keys">Their keys, each at the beginning of its <paramref name="keySize"/> octets.</param>
    /// <param name="capacity">How many there are, fewer than 65,535.</param>
    /// <param name="keySize">Octets of the longest key.</param>
    public KeyIndex(PaddedArray<SketchSlot> slots, PaddedArray<byte> keys, int capacity, int keySize)
    {
        _slots = slots;
        _keys = keys;
        _keySize = keySize;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2);
        _places = new PaddedArray<ushort>(size);
        _mask = size - 1;
    }

    public long Octets => _places.Octets;

    /// <summary>The key's slot; -1 if it has none.</summary>
    public int Find(ReadOnlySpan<byte> key, uint hash)
    {
        for (var at = (int)hash & _mask; _places[at] is var place and > 0; at = (at + 1) & _mask)
        {
            ref var slot = ref _slots[place - 1];
            if (slot.Hash == hash && slot.KeyLength == key.Length
                && key.SequenceEqual(_keys.Items.Slice((place - 1) * _keySize, key.Length)))
            {
                return place - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds a slot under its hash; its key is not in here yet.</summary>
    public void Add(int slot)
    {
        var at = (int)_slots[slot].Hash & _mask;
        while (_places[at] > 0)
        {
            at = (at + 1) & _mask;
        }

        _places[at] = (ushort)(slot + 1);
    }

    /// <summary>Takes a slot out, and moves those behind it forward that may stand nearer to where they are looked for.</summary>
    public void Remove(int slot)
    {
        var gap = (int)_slots[slot].Hash & _mask;
        while (_places[gap] != slot + 1)
        {
            gap = (gap + 1) & _mask;
        }

        for (var at = (gap + 1) & _mask; _places[at] is var place and > 0; at = (at + 1) & _mask)
        {
            var home = (int)_slots[place - 1].Hash & _mask;
            if (((at - home) & _mask) >= ((at - gap) & _mask))
            {
                _places[gap] = place;
                gap = at;
            }
        }

        _places[gap] = 0;
    }

    public void Clear() => _places.Items.Clear();
}
