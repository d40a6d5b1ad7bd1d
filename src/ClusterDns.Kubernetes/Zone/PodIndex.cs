using System.Numerics;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Hash to positions of pods, any number for one hash, for one writer and many readers without locks. A slot is one word
/// of hash and position, so a reader never sees half of it; what is removed leaves a gap that is stepped over.
/// </summary>
internal sealed class PodIndex
{
    private const int SmallestCapacity = 16;
    private const ulong Free = 0;
    private const ulong Gap = 1;

    private ulong[] _slots = new ulong[SmallestCapacity];
    private int _live;
    private int _used;

    /// <summary>The slots as they are now; they may be replaced by others at any moment.</summary>
    public ulong[] Slots => Volatile.Read(ref _slots);

    /// <summary>
    /// The next position with this hash, or 0 when there is none. <paramref name="step"/> begins at 0 and is where to go
    /// on, so a position may be asked for again by one step back.
    /// </summary>
    public static uint Next(ulong[] slots, uint hash, ref int step)
    {
        while (step < slots.Length)
        {
            var slot = Volatile.Read(ref slots[(hash + (uint)step) & (uint)(slots.Length - 1)]);
            if (slot == Free)
            {
                return 0;
            }

            step++;
            if (slot >> 32 == hash)
            {
                return (uint)slot;
            }
        }

        return 0;
    }

    /// <summary>Writer only.</summary>
    public void Add(uint hash, uint position)
    {
        if (_used + 1 > _slots.Length / 4 * 3)
        {
            Rebuild();
        }

        Insert(_slots, hash, position);
        _live++;
        _used++;
    }

    /// <summary>Writer only. The position must be there.</summary>
    public void Remove(uint hash, uint position)
    {
        Replace(hash, position, Gap);
        _live--;
    }

    /// <summary>Writer only: the pod lies somewhere else now.</summary>
    public void Move(uint hash, uint from, uint to) => Replace(hash, from, Word(hash, to));

    private static ulong Word(uint hash, uint position) => ((ulong)hash << 32) | position;

    private static void Insert(ulong[] slots, uint hash, uint position)
    {
        var slot = hash;
        while (slots[slot &= (uint)(slots.Length - 1)] != Free)
        {
            slot++;
        }

        Volatile.Write(ref slots[slot], Word(hash, position));
    }

    private void Replace(uint hash, uint position, ulong by)
    {
        var wanted = Word(hash, position);
        var slot = hash;
        while (_slots[slot &= (uint)(_slots.Length - 1)] != wanted)
        {
            slot++;
        }

        Volatile.Write(ref _slots[slot], by);
    }

    // Sized by what is alive, so that between a third and three quarters of the slots are in use; gaps are left behind.
    private void Rebuild()
    {
        var slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(SmallestCapacity, ((_live + 1) * 3L / 2) + 1))];
        foreach (var word in _slots)
        {
            if (word is not (Free or Gap))
            {
                Insert(slots, (uint)(word >> 32), (uint)word);
            }
        }

        _used = _live;
        Volatile.Write(ref _slots, slots);
    }
}
