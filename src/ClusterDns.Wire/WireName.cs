using System.Text;

namespace ClusterDns.Wire;

/// <summary>
/// Names as they stand on the wire: length-prefixed labels and the root's zero octet, never compressed
/// (RFC 1035, 3.1). Functions over spans; <see cref="DnsName"/> is the same as an object.
/// </summary>
public static class WireName
{
    /// <summary>Octets of the longest name, root included (RFC 1035, 2.3.4).</summary>
    public const int MaxLength = 255;

    /// <summary>Octets of the longest label, its length octet not counted.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Labels of the longest name, root not counted: 127 labels of one octet fill 255.</summary>
    public const int MaxLabels = 127;

    /// <summary>The root: one zero octet.</summary>
    public static ReadOnlySpan<byte> Root => [0];

    /// <summary>Folds A-Z to a-z. Length octets are below 64, so a whole name can be folded at once.</summary>
    public static void ToLower(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        // Ascii.ToLower works in vectors but stops at the first octet over 0x7F; such names are rare and go slowly.
        if (Ascii.ToLower(name, destination, out var written) == System.Buffers.OperationStatus.Done)
        {
            return;
        }

        for (var i = written; i < name.Length; i++)
        {
            destination[i] = ToLower(name[i]);
        }
    }

    public static byte ToLower(byte octet) => (uint)(octet - 'A') <= 'Z' - 'A' ? (byte)(octet | 0x20) : octet;

    /// <summary>Whether two names, or two labels, are the same when case is folded (RFC 4343).</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && ToLower(left[i]) != ToLower(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Finds the end of the uncompressed name at the front of <paramref name="source"/>. False if it is cut short, over
    /// 255 octets, or holds anything but plain labels.
    /// </summary>
    /// <param name="source">A name and whatever follows it.</param>
    /// <param name="length">Octets of the name, root included.</param>
    public static bool TryMeasure(ReadOnlySpan<byte> source, out int length)
    {
        length = 0;
        while (length < source.Length && length < MaxLength)
        {
            var size = source[length++];
            if (size == 0)
            {
                return true;
            }

            if (size > MaxLabelLength)
            {
                return false;
            }

            length += size;
        }

        return false;
    }

    /// <summary>Labels of a whole name, root not counted.</summary>
    public static int CountLabels(ReadOnlySpan<byte> name)
    {
        var count = 0;
        for (var i = 0; name[i] != 0; i += name[i] + 1)
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Presentation form with a final dot. Octets outside printable ASCII become <c>\DDD</c>, and a dot, quote,
    /// parenthesis, semicolon, at sign, dollar or backslash inside a label is escaped (RFC 1035, 5.1; RFC 4343, 2.1).
    /// </summary>
    public static string ToText(ReadOnlySpan<byte> name)
    {
        Span<char> buffer = stackalloc char[(MaxLength * 4) + 1];
        return new string(buffer[..Format(name, buffer)]);
    }

    /// <summary>Like <see cref="ToText"/> into a buffer; gives the characters written, at most 4 x 255 + 1.</summary>
    public static int Format(ReadOnlySpan<byte> name, Span<char> destination)
    {
        var length = 0;
        for (var i = 0; i < name.Length && name[i] != 0; i += name[i] + 1)
        {
            length += FormatLabel(name.Slice(i + 1, name[i]), destination[length..]);
            destination[length++] = '.';
        }

        if (length == 0)
        {
            destination[length++] = '.';
        }

        return length;
    }

    private static int FormatLabel(ReadOnlySpan<byte> label, Span<char> destination)
    {
        var length = 0;
        foreach (var octet in label)
        {
            if (octet is <= 0x20 or >= 0x7F)
            {
                destination[length++] = '\\';
                destination[length++] = (char)('0' + (octet / 100));
                destination[length++] = (char)('0' + (octet / 10 % 10));
                destination[length++] = (char)('0' + (octet % 10));
                continue;
            }

            if (octet is (byte)'.' or (byte)'\\' or (byte)'"' or (byte)'(' or (byte)')' or (byte)';' or (byte)'@' or (byte)'$')
            {
                destination[length++] = '\\';
            }

            destination[length++] = (char)octet;
        }

        return length;
    }

    /// <summary>
    /// Reads presentation form, with or without the final dot, into <paramref name="destination"/>
    /// (<see cref="MaxLength"/> octets). False for an empty text, an empty label, a label over 63 octets, a name over
    /// 255 octets, a bad escape, or a character outside ASCII.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> destination, out int length)
    {
        length = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        if (text is ".")
        {
            destination[0] = 0;
            length = 1;
            return true;
        }

        var labelStart = 0;
        var position = 1;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '.')
            {
                if (!TryCloseLabel(destination, labelStart, position))
                {
                    return false;
                }

                labelStart = position++;
                i++;
                continue;
            }

            if (!TryReadOctet(text, ref i, out var octet) || position >= MaxLength - 1)
            {
                return false;
            }

            destination[position++] = octet;
        }

        if (text[^1] == '.' && position == labelStart + 1)
        {
            destination[labelStart] = 0;
            length = labelStart + 1;
            return true;
        }

        if (!TryCloseLabel(destination, labelStart, position))
        {
            return false;
        }

        destination[position] = 0;
        length = position + 1;
        return true;
    }

    private static bool TryCloseLabel(Span<byte> destination, int labelStart, int position)
    {
        var size = position - labelStart - 1;
        if (size is < 1 or > MaxLabelLength || position >= MaxLength)
        {
            return false;
        }

        destination[labelStart] = (byte)size;
        return true;
    }

    private static bool TryReadOctet(ReadOnlySpan<char> text, ref int position, out byte octet)
    {
        octet = 0;
        var character = text[position++];
        if (character != '\\')
        {
            octet = (byte)character;
            return character < 0x80;
        }

        if (position >= text.Length)
        {
            return false;
        }

        if (!char.IsAsciiDigit(text[position]))
        {
            octet = (byte)text[position];
            return text[position++] < 0x80;
        }

        if (position + 3 > text.Length || !byte.TryParse(text.Slice(position, 3), System.Globalization.NumberStyles.None, null, out octet))
        {
            return false;
        }

        position += 3;
        return true;
    }
}
