using System.Net;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Acl;

/// <summary>
/// The addresses of many networks, for one question: is a client in any of them. Networks that touch or overlap become
/// one range; the ranges of a family are sorted and found by bisection, so hundreds of networks cost nine comparisons.
/// </summary>
internal sealed class AddressRanges
{
    private readonly UInt128[] _firstIPv4;
    private readonly UInt128[] _lastIPv4;
    private readonly UInt128[] _firstIPv6;
    private readonly UInt128[] _lastIPv6;

    /// <param name="networks">
    /// Networks of both families. One of IPv4-mapped addresses (<c>::ffff:10.0.0.0/104</c>) is an IPv4 network, as a
    /// client with such an address is an IPv4 client.
    /// </param>
    public AddressRanges(IEnumerable<IPNetwork> networks)
    {
        var ranges = networks.Select(RangeOf).ToLookup(range => range.IsIPv4, range => (range.First, range.Last));
        (_firstIPv4, _lastIPv4) = Merge(ranges[true]);
        (_firstIPv6, _lastIPv6) = Merge(ranges[false]);
    }

    public bool Contains(in TransportAddress client) => client.IsIPv4
        ? Contains(_firstIPv4, _lastIPv4, client.Bits)
        : Contains(_firstIPv6, _lastIPv6, client.Bits);

    private static bool Contains(UInt128[] first, UInt128[] last, UInt128 address)
    {
        // The last range that begins at or before the address is the only one that may hold it.
        var low = 0;
        var high = first.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (first[middle] <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && address <= last[low - 1];
    }

    private static (bool IsIPv4, UInt128 First, UInt128 Last) RangeOf(IPNetwork network)
    {
        const int MappedBits = 96;
        var isMapped = network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedBits;
        var address = TransportAddress.From(new IPEndPoint(network.BaseAddress, 0));
        var isIPv4 = isMapped || network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
        var first = isIPv4 == address.IsIPv4
            ? address.Bits
            : NetworkAddress.FromOctets(network.BaseAddress.GetAddressBytes()).Bits;
        var hostBits = isIPv4 ? 32 - (network.PrefixLength - (isMapped ? MappedBits : 0)) : 128 - network.PrefixLength;
        var hosts = hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
        return (isIPv4, first, first | hosts);
    }

    private static (UInt128[] First, UInt128[] Last) Merge(IEnumerable<(UInt128 First, UInt128 Last)> ranges)
    {
        List<UInt128> first = [];
        List<UInt128> last = [];
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (last.Count > 0 && (last[^1] == UInt128.MaxValue || range.First <= last[^1] + 1))
            {
                last[^1] = UInt128.Max(last[^1], range.Last);
                continue;
            }

            first.Add(range.First);
            last.Add(range.Last);
        }

        return ([.. first], [.. last]);
    }
}
