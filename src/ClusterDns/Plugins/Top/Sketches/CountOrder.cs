namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>
/// Slots from the lowest count to the highest. Those of one count are a group and stand together, so one whose count grows
/// by one changes places with the last of its group and is then where it belongs: a handful of writes, however many slots
/// there are. The stream-summary of Metwally et al. without its lists.
/// </summary>
internal sealed class CountOrder
{
    private readonly PaddedArray<SketchSlot> _slots;
    private readonly PaddedArray<ushort> _slotAt;
    private readonly PaddedArray<ushort> _lastOf;
    private readonly PaddedArray<ushort> _freeGroups;
    private readonly int _length;
    private int _free;

    /// <param name="slots">The counters, whose places are kept in them.</param>
    /// <param name="length">How many there are, up to 65,535.</param>
    public CountOrder(PaddedArray<SketchSlot> slots, int length)
    {
        _slots = slots;
        _length = length;
        _slotAt = new PaddedArray<ushort>(length);
        _lastOf = new PaddedArray<ushort>(length);
        _freeGroups = new PaddedArray<ushort>(length);
        Clear();
    }

    /// <summary>A slot that no other is below.</summary>
    public int Lowest => _slotAt[0];

    public long Octets => _slotAt.Octets + _lastOf.Octets + _freeGroups.Octets;

    /// <summary>All slots are in one group, that of count 0.</summary>
    public void Clear()
    {
        for (var i = 0; i < _length; i++)
        {
            _slotAt[i] = (ushort)i;
            _slots[i].Position = (ushort)i;
            _slots[i].Group = 0;
        }

        _lastOf[0] = (ushort)(_length - 1);
        _free = 0;
        for (var group = _length - 1; group > 0; group--)
        {
            _freeGroups[_free++] = (ushort)group;
        }
    }

    /// <summary>Adds one to a slot's count. Readers see the old or the new one.</summary>
    public void Increment(int index)
    {
        ref var slot = ref _slots[index];
        var group = slot.Group;
        int last = _lastOf[group];
        Exchange(ref slot, index, last);
        var isAlone = last == 0 || _slots[_slotAt[last - 1]].Group != group;
        var count = slot.Count + 1;
        if (last + 1 < _length && _slots[_slotAt[last + 1]].Count == count)
        {
            slot.Group = _slots[_slotAt[last + 1]].Group;
            Leave(group, last, isAlone);
        }
        else if (!isAlone)
        {
            slot.Group = _freeGroups[--_free];
            _lastOf[slot.Group] = (ushort)last;
            Leave(group, last, isAlone);
        }

        Volatile.Write(ref slot.Count, count);
    }

    private void Exchange(ref SketchSlot slot, int index, int last)
    {
        var other = _slotAt[last];
        _slotAt[slot.Position] = other;
        _slots[other].Position = slot.Position;
        _slotAt[last] = (ushort)index;
        slot.Position = (ushort)last;
    }

    private void Leave(int group, int last, bool wasAlone)
    {
        if (wasAlone)
        {
            _freeGroups[_free++] = (ushort)group;
        }
        else
        {
            _lastOf[group] = (ushort)(last - 1);
        }
    }
}
