namespace ClusterDns.Plugins.Hosts;

/// <summary>Names by number and numbers by name: the octets of all names in one array, and a table of where each begins.</summary>
internal sealed class HostNames
{
    private const int SmallestCapacity = 16;

    private byte[] _octets = new byte[1024];
    private int[] _starts = new int[SmallestCapacity];

    // A name's number and one, so that zero is a free slot; open addressing, at most half full.
    private int[] _slots = new int[SmallestCapacity * 2];

    /// <summary>The leftmost label of a name that stands for every label there.</summary>
    public static ReadOnlySpan<byte> Wildcard => "\u0001*"u8;

    public int Count { get; private set; }

    /// <summary>A whole lower-case name.</summary>
    public ReadOnlySpan<byte> this[int number] => _octets.AsSpan(_starts[number].._starts[number + 1]);

    public bool TryFind(ReadOnlySpan<byte> lowerCaseName, out int number)
    {
        number = _slots[Locate(_slots, lowerCaseName)] - 1;
        return number >= 0;
    }

    /// <summary>The number of a name, a new one if need be; only while the table is built.</summary>
    public int Add(ReadOnlySpan<byte> lowerCaseName)
    {
        var slot = Locate(_slots, lowerCaseName);
        if (_slots[slot] > 0)
        {
            return _slots[slot] - 1;
        }

        var start = _starts[Count];
        Grow(ref _octets, start + lowerCaseName.Length);
        Grow(ref _starts, Count + 2);
        lowerCaseName.CopyTo(_octets.AsSpan(start));
        _starts[Count + 1] = start + lowerCaseName.Length;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return Count - 1;
    }

    private int Locate(int[] slots, ReadOnlySpan<byte> name)
    {
        // Seeded for every process: nobody can write a list of names that collide.
        var hash = default(HashCode);
        hash.AddBytes(name);
        var mask = slots.Length - 1;
        for (var slot = hash.ToHashCode() & mask; ; slot = (slot + 1) & mask)
        {
            if (slots[slot] == 0 || this[slots[slot] - 1].SequenceEqual(name))
            {
                return slot;
            }
        }
    }

    private void Rehash()
    {
        var slots = new int[_slots.Length * 2];
        for (var number = 0; number < Count; number++)
        {
            slots[Locate(slots, this[number])] = number + 1;
        }

        _slots = slots;
    }

    private static void Grow<T>(ref T[] array, int needed)
    {
        if (needed > array.Length)
        {
            Array.Resize(ref array, Math.Max(needed, array.Length * 2));
        }
    }
}
