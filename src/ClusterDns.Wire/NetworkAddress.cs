using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Wire;

/// <summary>An IPv4 or IPv6 address by value: 16 octets and the family, no object behind it.</summary>
/// <param name="Bits">The address in host order; IPv4 in the low 32 bits.</param>
/// <param name="IsIPv4">The family; an IPv4-mapped IPv6 address is kept as IPv6, as it was written.</param>
public readonly record struct NetworkAddress(UInt128 Bits, bool IsIPv4)
{
    /// <summary>Octets of the address: 4 or 16.</summary>
    public int Size => IsIPv4 ? 4 : 16;

    /// <param name="octets">4 or 16 octets in network order.</param>
    public static NetworkAddress FromOctets(ReadOnlySpan<byte> octets) =>
        octets.Length == 4
            ? new(BinaryPrimitives.ReadUInt32BigEndian(octets), true)
            : new(BinaryPrimitives.ReadUInt128BigEndian(octets), false);

    /// <summary>
    /// Reads dotted-quad IPv4 (four decimal parts, no leading zeros) or IPv6 without zone id; nothing else passes, so that
    /// no old form like <c>10.1</c> or <c>0x7f.1</c> is taken for an address.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NetworkAddress address)
    {
        address = default;
        if (text.Contains(':'))
        {
            return !text.Contains('%') && !text.Contains('[') && TryParseAny(text, AddressFamily.InterNetworkV6, out address);
        }

        return IsDottedQuad(text) && TryParseAny(text, AddressFamily.InterNetwork, out address);
    }

    private static bool TryParseAny(ReadOnlySpan<char> text, AddressFamily family, out NetworkAddress address)
    {
        address = default;
        if (!IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != family)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[16];
        parsed.TryWriteBytes(octets, out var length);
        address = FromOctets(octets[..length]);
        return true;
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is < 1 or > 3 || (part.Length > 1 && part[0] == '0') || part.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return parts == 4;
    }

    /// <summary>Writes <see cref="Size"/> octets in network order and gives their count.</summary>
    public int Write(Span<byte> destination)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Bits);
            return 4;
        }

        BinaryPrimitives.WriteUInt128BigEndian(destination, Bits);
        return 16;
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        return new IPAddress(octets[..Write(octets)]);
    }

    /// <summary>Dotted quad, or the short form of RFC 5952.</summary>
    public override string ToString() => ToIPAddress().ToString();
}
