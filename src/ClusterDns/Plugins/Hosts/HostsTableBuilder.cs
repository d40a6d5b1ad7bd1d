using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Hosts;

/// <summary>Collects names and addresses in their order and makes the table of them. One use, one thread.</summary>
internal sealed class HostsTableBuilder(ZoneList zones, bool hasReverse)
{
    /// <summary>Pairs of name and address in one table; more are left out and told.</summary>
    public const int MaxPairs = 250_000;

    /// <summary>Addresses of one name in one family, more than any reply holds; the others are left out.</summary>
    public const int MaxAddresses = 4096;

    private readonly HostNames _names = new();
    private readonly List<(int Name, NetworkAddress Address)> _pairs = [];

    /// <summary>False when the table is full.</summary>
    public bool TryAdd(DnsName name, NetworkAddress address)
    {
        if (zones.Find(name) is null)
        {
            return true;
        }

        if (_pairs.Count == MaxPairs)
        {
            return false;
        }

        _pairs.Add((_names.Add(name.Wire), address));
        return true;
    }

    public HostsTable Build()
    {
        var isKept = new bool[_pairs.Count];
        var addresses4 = Collect(isIPv4: true, isKept);
        var addresses6 = Collect(isIPv4: false, isKept);
        var reverse = new Dictionary<NetworkAddress, (int Start, int Count)>();
        return new HostsTable(_names, addresses4, addresses6, reverse, hasReverse ? CollectReverse(reverse, isKept) : []);
    }

    private HostAddresses Collect(bool isIPv4, bool[] isKept)
    {
        var size = isIPv4 ? 4 : 16;
        var ranges = new (int Start, int Length)[_names.Count];
        foreach (var (name, address) in _pairs)
        {
            ranges[name].Start += address.IsIPv4 == isIPv4 ? size : 0;
        }

        // From lengths to where each begins.
        var total = 0;
        foreach (ref var range in ranges.AsSpan())
        {
            (range.Start, total) = (total, total + range.Start);
        }

        var octets = new byte[total];
        var count = 0;
        Span<byte> buffer = stackalloc byte[16];
        foreach (var (index, (name, address)) in _pairs.Index())
        {
            if (address.IsIPv4 != isIPv4)
            {
                continue;
            }

            ref var range = ref ranges[name];
            var written = buffer[..address.Write(buffer)];
            isKept[index] = range.Length < MaxAddresses * size
                && !Contains(octets.AsSpan(range.Start, range.Length), written);
            if (isKept[index])
            {
                written.CopyTo(octets.AsSpan(range.Start + range.Length));
                range.Length += size;
                count++;
            }
        }

        return new HostAddresses(octets, ranges, count);
    }

    private static bool Contains(ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> address)
    {
        for (; !addresses.IsEmpty; addresses = addresses[address.Length..])
        {
            if (addresses.StartsWith(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names by address; a name that stands for others has none.</summary>
    private int[] CollectReverse(Dictionary<NetworkAddress, (int Start, int Count)> reverse, bool[] isKept)
    {
        var kept = _pairs.Index()
            .Where(pair => isKept[pair.Index] && !_names[pair.Item.Name].StartsWith(HostNames.Wildcard))
            .Select(pair => pair.Item)
            .ToList();
        foreach (var (_, address) in kept)
        {
            reverse[address] = (0, reverse.GetValueOrDefault(address).Count + 1);
        }

        var total = 0;
        foreach (var address in reverse.Keys.ToList())
        {
            var count = reverse[address].Count;
            reverse[address] = (total, 0);
            total += count;
        }

        var names = new int[total];
        foreach (var (name, address) in kept)
        {
            var (start, count) = reverse[address];
            names[start + count] = name;
            reverse[address] = (start, count + 1);
        }

        return names;
    }
}
