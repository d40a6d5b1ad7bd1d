using ClusterDns.Wire;

namespace ClusterDns.Corefile;

/// <summary>One zone that a server block serves, and where: <c>[scheme://]zone[:port]</c>.</summary>
/// <param name="Scheme">One of <see cref="ServerScheme"/>.</param>
/// <param name="Zone">Absolute; of a CIDR one of its reverse zones.</param>
/// <param name="Port">1 to 65535; 0 lets the system choose.</param>
/// <param name="Token">The key as written, for messages.</param>
internal sealed record ServerKey(string Scheme, DnsName Zone, int Port, CorefileToken Token)
{
    /// <summary>Reads one key. A CIDR off the octet (IPv4) or nibble (IPv6) boundary gives several.</summary>
    /// <param name="token">The key.</param>
    /// <param name="dnsPort">For scheme <c>dns</c> without a port: 53, or what <c>-dns.port</c> says.</param>
    /// <exception cref="CorefileException"><c>FILE:LINE - error inspecting server blocks: REASON</c></exception>
    public static IReadOnlyList<ServerKey> Parse(CorefileToken token, int dnsPort)
    {
        if (!ZoneAddress.TryParse(token, out var address, out var reason))
        {
            throw CorefileException.AtKey(token, $"error inspecting server blocks: {reason}");
        }

        var port = address.Port ?? ServerScheme.DefaultPort(address.Scheme, dnsPort);
        return [.. address.Zones.Select(zone => new ServerKey(address.Scheme, zone, port, token))];
    }

    /// <summary>What start-up says of an odd zone name before it names the zone; null for a usual one.</summary>
    public string? Warning => PreferredSyntax.IsFollowedBy(Zone)
        ? null
        : $"Warning: Domain \"{Zone}\" does not follow RFC1035 preferred syntax";

    /// <summary>As messages name it: <c>dns://example.org.:53</c>.</summary>
    public override string ToString() => $"{Scheme}://{Zone}:{Port}";
}
