namespace ClusterDns.Wire;

/// <summary>Reads a possibly compressed name out of a message (RFC 1035, 4.1.4).</summary>
public static class NameReader
{
    private const byte PointerBits = 0xC0;

    // A pointer that serves a purpose has a label in front of it or behind it. Chains of pointers to pointers are legal
    // but only an attacker writes them: without a bound, 64 KiB of short records could each walk 8,192 of them.
    private const int MaxPointers = WireName.MaxLabels + 1;

    /// <summary>
    /// Copies the name at <paramref name="position"/> uncompressed, letter case kept, and moves the position behind it.
    /// Iterative; every pointer leads further back than the one before, so the walk ends. False, with nothing promised
    /// about the outputs, for a name that is cut short, exceeds 255 octets, uses label types 0x40 or 0x80 (RFC 6891, 5),
    /// points anywhere but back, or goes through more than 128 pointers.
    /// </summary>
    /// <param name="message">The message, from its first octet on.</param>
    /// <param name="position">Where the name begins; then the first octet behind it.</param>
    /// <param name="destination">Holds 255 octets.</param>
    /// <param name="length">Octets written, root included.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, Span<byte> destination, out int length)
    {
        length = 0;
        var at = position;
        var earliest = position;
        var pointers = 0;
        while ((uint)at < (uint)message.Length)
        {
            var octet = message[at];
            if (octet <= WireName.MaxLabelLength)
            {
                var size = octet + 1;
                if (size > message.Length - at || size > WireName.MaxLength - length)
                {
                    return false;
                }

                message.Slice(at, size).CopyTo(destination[length..]);
                length += size;
                at += size;
                if (octet != 0)
                {
                    continue;
                }

                position = pointers == 0 ? at : position;
                return true;
            }

            if ((octet & PointerBits) != PointerBits || message.Length - at < 2)
            {
                return false;
            }

            var target = ((octet & ~PointerBits) << 8) | message[at + 1];
            if (target >= earliest || pointers == MaxPointers)
            {
                return false;
            }

            position = pointers++ == 0 ? at + 2 : position;
            earliest = target;
            at = target;
        }

        return false;
    }

    /// <summary>
    /// Moves behind a name without following pointers. False, with nothing promised about the position, if it is cut
    /// short, of an unknown label type, or over 255 octets.
    /// </summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int position)
    {
        var start = position;
        while ((uint)position < (uint)message.Length && position - start < WireName.MaxLength)
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
