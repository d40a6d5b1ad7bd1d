using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Names that spell an address backwards (RFC 1035, 3.5; RFC 3596, 2.5).</summary>
internal static class ReverseName
{
    private const int IPv4Octets = 4;
    private const int IPv6Nibbles = 32;

    private static readonly DnsName IPv4Zone = DnsName.Parse("in-addr.arpa");
    private static readonly DnsName IPv6Zone = DnsName.Parse("ip6.arpa");

    /// <summary>Whether names below <paramref name="zone"/> spell addresses; true for the two arpa zones themselves.</summary>
    public static bool IsReverseZone(DnsName zone) => zone.IsAtOrBelow(IPv4Zone) || zone.IsAtOrBelow(IPv6Zone);

    /// <summary>
    /// Whether CoreDNS takes <paramref name="zone"/> for a reverse one when it looks for the zone to name in PTR records:
    /// the two arpa zones themselves slip through.
    /// </summary>
    public static bool CountsAsReverse(DnsName zone) =>
        IsReverseZone(zone) && !zone.Equals(IPv4Zone) && !zone.Equals(IPv6Zone);

    /// <summary>The address that a name spells; false for any other name, and for one that spells half an address.</summary>
    public static bool TryReadAddress(QuestionName name, out NetworkAddress address)
    {
        address = default;
        if (name.LabelCount == IPv4Octets + IPv4Zone.LabelCount && name.IsAtOrBelow(IPv4Zone))
        {
            return TryReadIPv4(name, out address);
        }

        return name.LabelCount == IPv6Nibbles + IPv6Zone.LabelCount
            && name.IsAtOrBelow(IPv6Zone)
            && TryReadIPv6(name, out address);
    }

    private static bool TryReadIPv4(QuestionName name, out NetworkAddress address)
    {
        uint bits = 0;
        var isSound = true;
        for (var i = IPv4Octets - 1; i >= 0; i--)
        {
            isSound &= DecimalOctet.TryParse(name.Label(i), out var octet);
            bits = (bits << 8) | octet;
        }

        address = new NetworkAddress(bits, IsIPv4: true);
        return isSound;
    }

    private static bool TryReadIPv6(QuestionName name, out NetworkAddress address)
    {
        var bits = UInt128.Zero;
        var isSound = true;
        for (var i = IPv6Nibbles - 1; i >= 0; i--)
        {
            var label = name.Label(i);
            isSound &= label.Length == 1 && char.IsAsciiHexDigitLower((char)label[0]);
            bits = (bits << 4) | (byte)(label[0] <= '9' ? label[0] - '0' : label[0] - 'a' + 10);
        }

        address = new NetworkAddress(bits, IsIPv4: false);
        return isSound;
    }
}
