using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Plugins.Dns64;

/// <summary>An IPv6 prefix with IPv4 addresses behind it (RFC 6052, 2.2).</summary>
internal sealed class Dns64Prefix
{
    /// <summary>Octets of an IPv6 address.</summary>
    public const int AddressSize = 16;

    private const int ShortestLength = 32;
    private const int LongestLength = 96;

    // Bits 64 to 71 are zero, and the IPv4 address goes around them.
    private const int ReservedOctet = 8;

    private readonly byte[] _octets;
    private readonly int _length;

    private Dns64Prefix(IPAddress address, int bits)
    {
        _octets = address.GetAddressBytes();
        _length = bits / 8;
    }

    /// <summary>The well-known prefix, <c>64:ff9b::/96</c> (RFC 6052, 2.1).</summary>
    public static Dns64Prefix WellKnown { get; } = new(IPAddress.Parse("64:ff9b::"), LongestLength);

    /// <summary>Null unless it is one of IPv6 with 32 to 96 bits, whole octets: what CoreDNS takes.</summary>
    public static Dns64Prefix? From(IPNetwork network) =>
        network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6
        && network.PrefixLength is >= ShortestLength and <= LongestLength
        && network.PrefixLength % 8 == 0
            ? new Dns64Prefix(network.BaseAddress, network.PrefixLength)
            : null;

    /// <summary>As a Corefile has it: <c>64:ff9b::/96</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(_octets)}/{_length * 8}");

    /// <summary>Writes the IPv6 address that stands for an IPv4 address of four octets.</summary>
    public void Map(ReadOnlySpan<byte> address, Span<byte> destination)
    {
        destination = destination[..AddressSize];
        destination.Clear();
        _octets.AsSpan(0, _length).CopyTo(destination);
        var at = _length;
        foreach (var octet in address)
        {
            at += at == ReservedOctet ? 1 : 0;
            destination[at++] = octet;
        }
    }
}
