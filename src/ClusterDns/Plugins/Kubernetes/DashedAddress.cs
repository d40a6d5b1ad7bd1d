using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// Addresses as one label: <c>172-17-0-3</c>, <c>fd00-244--21</c>, the usual text with hyphens for dots and colons. Names
/// of pods, and of endpoints without a name of their own.
/// </summary>
internal static class DashedAddress
{
    /// <summary>Octets of the longest: eight groups of four digits, seven hyphens.</summary>
    public const int MaxLength = 39;

    private const int IPv6Groups = 8;

    /// <summary>
    /// Reads a label that spells an address in any way: three single hyphens make it IPv4, anything else has to be IPv6.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> lowerCaseLabel, out NetworkAddress address)
    {
        if (lowerCaseLabel.Count((byte)'-') == 3 && lowerCaseLabel.IndexOf("--"u8) < 0)
        {
            var isIPv4 = TryParseIPv4(lowerCaseLabel, out var octets);
            address = new NetworkAddress(octets, IsIPv4: true);
            return isIPv4;
        }

        var isIPv6 = TryParseIPv6(lowerCaseLabel, out var bits);
        address = new NetworkAddress(bits, IsIPv4: false);
        return isIPv6;
    }

    /// <summary>Reads a label only if it is spelt as <see cref="Write"/> would.</summary>
    public static bool TryParseExact(ReadOnlySpan<byte> lowerCaseLabel, out NetworkAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        Span<byte> canonical = stackalloc byte[MaxLength];
        return TryParse(lowerCaseLabel, out address)
            && canonical[..Write(octets[..address.Write(octets)], canonical)].SequenceEqual(lowerCaseLabel);
    }

    /// <summary>
    /// Writes an address of 4 or 16 octets, IPv6 in the short form of RFC 5952, into <paramref name="destination"/>
    /// (<see cref="MaxLength"/> octets) and gives the octets written.
    /// </summary>
    public static int Write(ReadOnlySpan<byte> address, Span<byte> destination) =>
        address.Length == 4 ? WriteIPv4(address, destination) : WriteIPv6(address, destination);

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        foreach (var range in text.Split((byte)'-'))
        {
            if (!DecimalOctet.TryParse(text[range], out var octet))
            {
                return false;
            }

            address = (address << 8) | octet;
        }

        return true;
    }

    private static bool TryParseIPv6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        var gap = text.IndexOf("--"u8);
        if (gap < 0)
        {
            return TryParseGroups(text, out address, out var count) && count == IPv6Groups;
        }

        var isSound = TryParseGroups(text[..gap], out var left, out var leftCount)
            & TryParseGroups(text[(gap + 2)..], out var right, out var rightCount);
        address = right | (left << (16 * (IPv6Groups - leftCount)));
        return isSound && leftCount + rightCount < IPv6Groups;
    }

    private static bool TryParseGroups(ReadOnlySpan<byte> text, out UInt128 groups, out int count)
    {
        groups = 0;
        count = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var range in text.Split((byte)'-'))
        {
            if (text[range].Length > 4
                || count++ == IPv6Groups
                || !ushort.TryParse(text[range], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group))
            {
                return false;
            }

            groups = (groups << 16) | group;
        }

        return true;
    }

    private static int WriteIPv4(ReadOnlySpan<byte> address, Span<byte> destination)
    {
        var length = 0;
        foreach (var octet in address)
        {
            Utf8Formatter.TryFormat(octet, destination[length..], out var written);
            length += written;
            destination[length++] = (byte)'-';
        }

        return length - 1;
    }

    private static int WriteIPv6(ReadOnlySpan<byte> address, Span<byte> destination)
    {
        FindGap(address, out var gap, out var gapEnd);
        var length = 0;
        for (var i = 0; i < IPv6Groups; i++)
        {
            if (i == gap)
            {
                destination[length++] = (byte)'-';
                if (i == 0)
                {
                    destination[length++] = (byte)'-';
                }

                i = gapEnd - 1;
                continue;
            }

            Utf8Formatter.TryFormat(GroupAt(address, i), destination[length..], out var written, new StandardFormat('x'));
            length += written;
            if (i < IPv6Groups - 1)
            {
                destination[length++] = (byte)'-';
            }
        }

        return length;
    }

    /// <summary>The longest run of two or more zero groups, the first if several are as long (RFC 5952, 4.2); -1 if none.</summary>
    private static void FindGap(ReadOnlySpan<byte> address, out int start, out int end)
    {
        start = -1;
        end = -1;
        for (var i = 0; i < IPv6Groups; i++)
        {
            var first = i;
            while (i < IPv6Groups && GroupAt(address, i) == 0)
            {
                i++;
            }

            if (i - first >= 2 && i - first > end - start)
            {
                start = first;
                end = i;
            }
        }
    }

    private static ushort GroupAt(ReadOnlySpan<byte> address, int index) =>
        (ushort)((address[index * 2] << 8) | address[(index * 2) + 1]);
}
