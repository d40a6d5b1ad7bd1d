namespace ClusterDns.Wire;

/// <summary>
/// Remembers where names already stand in a message, so that a later one can point there (RFC 1035, 4.1.4). Spelling
/// counts: a name in other letter case is written out, because rdata must not change its case to the question's.
/// </summary>
internal sealed class NameCompressor
{
    /// <summary>A pointer has 14 bits.</summary>
    private const int MaxTarget = 0x3FFF;

    private const int FewestSlots = 256;

    /// <summary>A message of 64 KiB has at most 16 KiB that pointers reach: more names than this are not worth a slot.</summary>
    private const int MostSlots = 8192;

    private ushort[] _slots = new ushort[FewestSlots];
    private int _count;

    public bool IsEmpty => _count == 0;

    public void Clear()
    {
        if (_count == 0)
        {
            return;
        }

        if (_slots.Length > FewestSlots * 4)
        {
            _slots = new ushort[FewestSlots];
        }
        else
        {
            Array.Clear(_slots);
        }

        _count = 0;
    }

    /// <summary>
    /// Finds the longest end of <paramref name="name"/> that stands in the message already. Gives the octets in front of
    /// it; <paramref name="target"/> is its offset, or -1 when nothing matched.
    /// </summary>
    public int FindLongestTail(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, out int target)
    {
        Span<byte> offsets = stackalloc byte[WireName.MaxLabels];
        Span<uint> hashes = stackalloc uint[WireName.MaxLabels];
        var labels = HashTails(name, offsets, hashes);
        for (var i = 0; i < labels; i++)
        {
            target = Find(message, name[offsets[i]..], hashes[i]);
            if (target >= 0)
            {
                return offsets[i];
            }
        }

        target = -1;
        return name.Length;
    }

    /// <summary>Remembers every end of <paramref name="name"/> that begins in its first <paramref name="written"/> octets.</summary>
    public void Remember(ReadOnlySpan<byte> name, int written, int messageOffset)
    {
        Span<byte> offsets = stackalloc byte[WireName.MaxLabels];
        Span<uint> hashes = stackalloc uint[WireName.MaxLabels];
        var labels = HashTails(name, offsets, hashes);
        for (var i = 0; i < labels && offsets[i] < written; i++)
        {
            var target = messageOffset + offsets[i];
            if (target > MaxTarget || !HasRoom())
            {
                return;
            }

            var slot = hashes[i] & (uint)(_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (uint)(_slots.Length - 1);
            }

            _slots[slot] = (ushort)target;
            _count++;
        }
    }

    // Full at three quarters. The table does not grow within a message: entries hold no hash to move them by.
    private bool HasRoom() => _count < _slots.Length / 4 * 3;

    /// <summary>Chooses the table for a message expected to hold about <paramref name="names"/> different names.</summary>
    public void Expect(int names)
    {
        var wanted = Math.Min(MostSlots, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)names * 2));
        if (_count == 0 && wanted > _slots.Length)
        {
            _slots = new ushort[wanted];
        }
    }

    private static int HashTails(ReadOnlySpan<byte> name, Span<byte> offsets, Span<uint> hashes)
    {
        var labels = 0;
        for (var i = 0; name[i] != 0; i += name[i] + 1)
        {
            offsets[labels++] = (byte)i;
        }

        var hash = 2166136261u;
        for (var i = labels - 1; i >= 0; i--)
        {
            foreach (var octet in name.Slice(offsets[i], name[offsets[i]] + 1))
            {
                hash = (hash ^ octet) * 16777619u;
            }

            hashes[i] = hash ^ (hash >> 15);
        }

        return labels;
    }

    private int Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tail, uint hash)
    {
        for (var slot = hash & (uint)(_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            if (StandsAt(message, _slots[slot], tail))
            {
                return _slots[slot];
            }
        }

        return -1;
    }

    private static bool StandsAt(ReadOnlySpan<byte> message, int at, ReadOnlySpan<byte> name)
    {
        var i = 0;
        while (true)
        {
            var octet = message[at];
            if (octet > WireName.MaxLabelLength)
            {
                at = ((octet & 0x3F) << 8) | message[at + 1];
                continue;
            }

            if (name[i] != octet || !message.Slice(at, octet + 1).SequenceEqual(name.Slice(i, octet + 1)))
            {
                return false;
            }

            if (octet == 0)
            {
                return true;
            }

            i += octet + 1;
            at += octet + 1;
        }
    }
}
