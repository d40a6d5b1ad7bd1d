using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClusterDns.Records;

/// <summary>
/// The inside of a character string: any octet, with <c>\X</c> for a character that means something and <c>\DDD</c> for
/// one that cannot be printed (RFC 1035, 5.1). Characters outside ASCII are their UTF-8 octets.
/// </summary>
internal static class CharacterString
{
    /// <summary>False for a backslash at the end and for <c>\DDD</c> over 255.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, IBufferWriter<byte> octets)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf('\\');
            if (plain != 0)
            {
                plain = plain < 0 ? text.Length : plain;
                Encoding.UTF8.GetBytes(text[..plain], octets);
                text = text[plain..];
                continue;
            }

            text = text[1..];
            if (text.IsEmpty)
            {
                return false;
            }

            if (!char.IsAsciiDigit(text[0]))
            {
                // A character of two halves stays whole.
                var size = char.IsSurrogatePair(new string(text[..Math.Min(2, text.Length)]), 0) ? 2 : 1;
                Encoding.UTF8.GetBytes(text[..size], octets);
                text = text[size..];
                continue;
            }

            if (text.Length < 3 || !byte.TryParse(text[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            octets.Write([octet]);
            text = text[3..];
        }

        return true;
    }

    /// <summary>Printable ASCII that <see cref="TryDecode"/> reads back to the same octets, inside quotes or not.</summary>
    /// <param name="octets">What the string holds.</param>
    /// <param name="isBare">Blanks and what ends a word are escaped too.</param>
    /// <param name="text">Where it goes.</param>
    public static void Encode(ReadOnlySpan<byte> octets, bool isBare, StringBuilder text)
    {
        foreach (var octet in octets)
        {
            if (octet is < 0x20 or >= 0x7F || (isBare && octet == 0x20))
            {
                text.Append('\\').Append(octet.ToString("000", CultureInfo.InvariantCulture));
                continue;
            }

            if (octet is (byte)'"' or (byte)'\\' || (isBare && octet is (byte)';' or (byte)'(' or (byte)')'))
            {
                text.Append('\\');
            }

            text.Append((char)octet);
        }
    }
}
