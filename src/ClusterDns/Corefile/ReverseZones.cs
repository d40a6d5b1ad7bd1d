using System.Net;
using System.Net.Sockets;
using ClusterDns.Wire;

namespace ClusterDns.Corefile;

/// <summary>
/// The zones that cover a network: under <c>in-addr.arpa</c> (RFC 1035, 3.5) a label is an octet, under <c>ip6.arpa</c>
/// (RFC 3596, 2.5) a nibble.
/// </summary>
internal static class ReverseZones
{
    /// <summary>One zone where the mask ends with a label, else one for each value of the label that it cuts.</summary>
    public static IReadOnlyList<DnsName> Of(IPNetwork network)
    {
        var octets = network.BaseAddress.GetAddressBytes();
        var isIPv4 = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        var labels = isIPv4 ? octets : [.. octets.SelectMany(Nibbles)];
        var bitsPerLabel = isIPv4 ? 8 : 4;
        var tree = isIPv4 ? "in-addr.arpa" : "ip6.arpa";

        var wholeLabels = network.PrefixLength / bitsPerLabel;
        foreach (var label in labels[..wholeLabels])
        {
            tree = isIPv4 ? $"{label}.{tree}" : $"{label:x}.{tree}";
        }

        var cutBits = network.PrefixLength % bitsPerLabel;
        return cutBits == 0
            ? [DnsName.Parse(tree)]
            : [.. Enumerable.Range(labels[wholeLabels], 1 << (bitsPerLabel - cutBits))
                .Select(label => DnsName.Parse(isIPv4 ? $"{label}.{tree}" : $"{label:x}.{tree}"))];
    }

    private static IEnumerable<byte> Nibbles(byte octet) => [(byte)(octet >> 4), (byte)(octet & 0xF)];
}
