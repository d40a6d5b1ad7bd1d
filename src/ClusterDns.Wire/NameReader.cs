namespace ClusterDns.Wire;

/// <summary>Reads a possibly compressed name out of a message (RFC 1035, 4.1.4).</summary>
public static class NameReader
{
    private const byte PointerBits = 0xC0;

    /// <summary>
    /// Copies the name at <paramref name="position"/> uncompressed, letter case kept, and moves the position behind it.
    /// Iterative; every pointer leads further back than the one before, so the walk ends. False, with nothing promised
    /// about the outputs, for a name that is cut short, exceeds 255 octets, uses label types 0x40 or 0x80 (RFC 6891, 5),
    /// or points anywhere but back.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, Span<byte> destination, out int length)
    {
        length = 0;
        var at = position;
        var earliest = position;
        var jumped = false;
        while ((uint)at < (uint)message.Length)
        {
            var octet = message[at];
            if (octet == 0)
            {
                if (length >= WireName.MaxLength)
                {
                    return false;
                }

                destination[length++] = 0;
                position = jumped ? position : at + 1;
                return true;
            }

            if (octet <= WireName.MaxLabelLength)
            {
                var size = octet + 1;
                // One octet stays free for the root.
                if (at + size > message.Length || length + size >= WireName.MaxLength)
                {
                    return false;
                }

                message.Slice(at, size).CopyTo(destination[length..]);
                length += size;
                at += size;
                continue;
            }

            if ((octet & PointerBits) != PointerBits || at + 1 >= message.Length)
            {
                return false;
            }

            var target = ((octet & ~PointerBits) << 8) | message[at + 1];
            if (target >= earliest)
            {
                return false;
            }

            position = jumped ? position : at + 2;
            jumped = true;
            earliest = target;
            at = target;
        }

        return false;
    }

    /// <summary>Moves behind a name without following pointers. False if it is cut short or of an unknown label type.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int position)
    {
        while ((uint)position < (uint)message.Length)
        {
            var octet = message[position];
            if (octet == 0)
            {
                position++;
                return true;
            }

            if ((octet & PointerBits) == PointerBits)
            {
                position += 2;
                return position <= message.Length;
            }

            if (octet > WireName.MaxLabelLength)
            {
                return false;
            }

            position += octet + 1;
        }

        return false;
    }
}
