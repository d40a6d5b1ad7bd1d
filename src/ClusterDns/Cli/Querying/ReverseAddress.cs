using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Cli.Querying;

/// <summary>The name under which an address has its own (RFC 1035, 3.5; RFC 3596, 2.5).</summary>
internal static class ReverseAddress
{
    /// <summary><c>1.2.0.192.in-addr.arpa.</c>; an IPv4 address inside IPv6 counts as IPv4.</summary>
    public static string NameOf(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var octets = address.GetAddressBytes().Reverse();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Join('.', octets) + ".in-addr.arpa."
            : string.Concat(octets.Select(octet =>
                string.Create(CultureInfo.InvariantCulture, $"{octet & 0xF:x}.{octet >> 4:x}."))) + "ip6.arpa.";
    }
}
