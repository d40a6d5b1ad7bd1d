using System.Buffers.Text;
using ClusterDns.Transport;

namespace ClusterDns.Plugins.Log;

/// <summary>Writes addresses without making an <see cref="System.Net.IPAddress"/> first.</summary>
internal static class AddressText
{
    /// <summary>Octets of the longest: eight groups of four digits, seven colons, two brackets.</summary>
    public const int MaxLength = 41;

    /// <summary>Dotted quad, or RFC 5952 in brackets. Gives the octets written.</summary>
    public static int Write(TransportAddress address, Span<byte> destination)
    {
        Span<byte> octets = stackalloc byte[16];
        return address.WriteAddress(octets) == 4
            ? WriteQuad(octets[..4], destination)
            : WriteGroups(octets, destination);
    }

    private static int WriteQuad(ReadOnlySpan<byte> octets, Span<byte> destination)
    {
        var length = 0;
        foreach (var octet in octets)
        {
            if (length > 0)
            {
                destination[length++] = (byte)'.';
            }

            Utf8Formatter.TryFormat(octet, destination[length..], out var written);
            length += written;
        }

        return length;
    }

    private static int WriteGroups(ReadOnlySpan<byte> octets, Span<byte> destination)
    {
        var (zerosAt, zeros) = LongestZeros(octets);
        var length = 0;
        destination[length++] = (byte)'[';
        for (var group = 0; group < 8; group++)
        {
            if (group == zerosAt)
            {
                destination[length++] = (byte)':';
                destination[length++] = (byte)':';
                group += zeros - 1;
                continue;
            }

            if (destination[length - 1] is not ((byte)':' or (byte)'['))
            {
                destination[length++] = (byte)':';
            }

            var value = (octets[group * 2] << 8) | octets[(group * 2) + 1];
            Utf8Formatter.TryFormat(value, destination[length..], out var written, new('x'));
            length += written;
        }

        destination[length++] = (byte)']';
        return length;
    }

    // The first of the longest runs of zero groups, if it has two or more (RFC 5952, 4.2).
    private static (int At, int Count) LongestZeros(ReadOnlySpan<byte> octets)
    {
        var best = (At: -1, Count: 1);
        var start = 0;
        for (var group = 0; group <= 8; group++)
        {
            if (group < 8 && octets[group * 2] == 0 && octets[(group * 2) + 1] == 0)
            {
                continue;
            }

            if (group - start > best.Count)
            {
                best = (start, group - start);
            }

            start = group + 1;
        }

        return best;
    }
}
