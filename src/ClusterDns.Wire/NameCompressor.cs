using System.Buffers;
using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>
/// Remembers where names stand in a message, so that a later one can point there (RFC 1035, 4.1.4). A name is known by
/// the offset of its first label; the table leads from a known name and one more label to the name that they make.
/// Spelling counts: rdata must not take on the letter case of the question.
/// </summary>
internal sealed class NameCompressor
{
    /// <summary>The name that all others end in. Offset 0 belongs to the header, so no label stands there.</summary>
    public const int Root = 0;

    /// <summary>A pointer has 14 bits.</summary>
    public const int MaxTarget = 0x3FFF;

    private const int FewSlots = 64;
    private const int GrowthFactor = 8;

    // The 16 KiB that pointers reach hold about a thousand labels of a usual reply; half of the slots stay free.
    private const int MostSlots = FewSlots * GrowthFactor * GrowthFactor;

    // Labels chosen to collide cost so many looks at most; whoever finds no slot by then is written out every time.
    private const int MostProbes = 16;

    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    // An entry is the offset of the known name (upper half) and of the label in front of it; 0 is a free slot.
    private readonly uint[] _few = new uint[FewSlots];
    private uint[] _slots;
    private int _slotCount = FewSlots;
    private int _used;

    public NameCompressor()
    {
        _slots = _few;
    }

    /// <summary>
    /// Looks up the labels from <paramref name="start"/> to <paramref name="end"/>, which stand in front of the known name
    /// <paramref name="tail"/>, from the right. Those that are not known are remembered where they stand. Gives their
    /// end, and in <paramref name="tail"/> the longest known name that follows them.
    /// </summary>
    public int Resolve(ReadOnlySpan<byte> message, int start, int end, ref int tail)
    {
        Span<byte> offsets = stackalloc byte[WireName.MaxLabels];
        var labels = 0;
        for (var at = start; at < end; at += message[at] + 1)
        {
            offsets[labels++] = (byte)(at - start);
        }

        var known = tail;
        while (labels > 0)
        {
            var at = start + offsets[--labels];
            var slot = FindSlot(message, known, at);
            if (slot >= 0 && _slots[slot] != 0)
            {
                known = tail = (ushort)_slots[slot];
                end = at;
            }
            else if (slot >= 0 && at <= MaxTarget && TryAdd(message, slot, known, at))
            {
                known = at;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    /// <summary>Chooses the table for a message that will hold about so many different names.</summary>
    public void Expect(int names)
    {
        var wanted = Math.Min((long)names * 2, MostSlots);
        while (_used == 0 && _slotCount < wanted)
        {
            Grow([]);
        }
    }

    /// <summary>Forgets everything and gives a borrowed table back.</summary>
    public void Clear()
    {
        if (_slots != _few)
        {
            ArrayPool<uint>.Shared.Return(_slots);
            _slots = _few;
            _slotCount = FewSlots;
        }

        if (_used != 0)
        {
            Array.Clear(_few);
            _used = 0;
        }
    }

    private bool TryAdd(ReadOnlySpan<byte> message, int slot, int tail, int at)
    {
        if (_used >= _slotCount / 2)
        {
            if (_slotCount == MostSlots)
            {
                return false;
            }

            Grow(message);
            slot = FindSlot(message, tail, at);
            if (slot < 0)
            {
                return false;
            }
        }

        _slots[slot] = ((uint)tail << 16) | (uint)at;
        _used++;
        return true;
    }

    private void Grow(ReadOnlySpan<byte> message)
    {
        var old = _slots;
        var entries = old.AsSpan(0, _slotCount);
        _slotCount *= GrowthFactor;
        _slots = ArrayPool<uint>.Shared.Rent(_slotCount);
        _slots.AsSpan(0, _slotCount).Clear();
        foreach (var entry in entries)
        {
            if (entry != 0 && FindSlot(message, (int)(entry >> 16), (ushort)entry) is >= 0 and var slot)
            {
                _slots[slot] = entry;
            }
        }

        if (old != _few)
        {
            ArrayPool<uint>.Shared.Return(old);
        }
    }

    /// <summary>The slot of the label at <paramref name="at"/> in front of <paramref name="tail"/>, or a free one for it, or -1.</summary>
    private int FindSlot(ReadOnlySpan<byte> message, int tail, int at)
    {
        var label = message.Slice(at, message[at] + 1);
        var slot = Hash(tail, label) & (_slotCount - 1);
        for (var probe = 0; probe < MostProbes; probe++)
        {
            var entry = _slots[slot];
            // The length octet belongs to what is compared, so equal octets are the whole of both labels.
            if (entry == 0
                || (entry >> 16 == (uint)tail && message[(ushort)entry..].StartsWith(label)))
            {
                return slot;
            }

            slot = (slot + 1) & (_slotCount - 1);
        }

        return -1;
    }

    // Multiplying carries upwards only: the top 16 bits depend on every octet, and MostSlots needs 12 of them.
    internal static int Hash(int tail, ReadOnlySpan<byte> label)
    {
        var hash = (ulong)tail * Multiplier;
        for (; label.Length >= sizeof(ulong); label = label[sizeof(ulong)..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(label)) * Multiplier;
            hash ^= hash >> 32;
        }

        var rest = 0ul;
        foreach (var octet in label)
        {
            rest = (rest << 8) | octet;
        }

        return (int)(((hash ^ rest) * Multiplier) >> 48);
    }
}
