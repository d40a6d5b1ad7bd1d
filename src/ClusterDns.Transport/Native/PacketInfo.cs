using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>
/// The control message that names the address a datagram was sent to (IP_PKTINFO, ip(7); IPV6_PKTINFO, RFC 3542, 6.2).
/// Given back with the reply it makes the reply leave from that address. On a dual-mode socket the IPv6 form carries
/// IPv4 addresses too, mapped.
/// </summary>
internal static class PacketInfo
{
    /// <summary>Octets of the longer form with its padding.</summary>
    public const int Capacity = 40;

    private const int LevelOffset = 8;
    private const int TypeOffset = 12;
    private const int DataOffset = 16;

    private const int IPv4Level = 0;
    private const int IPv4Type = 8;
    private const int IPv4InterfaceOffset = DataOffset;
    private const int IPv4LocalOffset = DataOffset + 4;
    private const int IPv4End = DataOffset + 12;

    private const int IPv6Level = 41;
    private const int IPv6Type = 50;
    private const int IPv6LocalOffset = DataOffset;
    private const int IPv6InterfaceOffset = DataOffset + 16;
    private const int IPv6End = DataOffset + 20;

    /// <summary>Gives the address that was asked; false when <paramref name="control"/> does not tell.</summary>
    public static bool TryRead(ReadOnlySpan<byte> control, ushort port, out TransportAddress local)
    {
        if (IsIPv4(control))
        {
            local = TransportAddress.From(control.Slice(IPv4LocalOffset, 4), port);
            return true;
        }

        if (IsIPv6(control))
        {
            var scope = IsLinkLocal(control) ? MemoryMarshal.Read<uint>(control[IPv6InterfaceOffset..]) : 0;
            local = TransportAddress.From(control.Slice(IPv6LocalOffset, 16), port, scope);
            return true;
        }

        local = default;
        return false;
    }

    /// <summary>
    /// Turns a received message into one to send. The interface is left to routing, because the way back need not be the
    /// way in; only a link-local address means nothing without its interface.
    /// </summary>
    public static void PrepareReply(Span<byte> control)
    {
        if (IsIPv4(control))
        {
            control.Slice(IPv4InterfaceOffset, 4).Clear();
        }
        else if (IsIPv6(control) && !IsLinkLocal(control))
        {
            control.Slice(IPv6InterfaceOffset, 4).Clear();
        }
    }

    private static bool IsIPv4(ReadOnlySpan<byte> control) =>
        control.Length >= IPv4End && Is(control, IPv4Level, IPv4Type);

    private static bool IsIPv6(ReadOnlySpan<byte> control) =>
        control.Length >= IPv6End && Is(control, IPv6Level, IPv6Type);

    private static bool Is(ReadOnlySpan<byte> control, int level, int type) =>
        MemoryMarshal.Read<int>(control[LevelOffset..]) == level
        && MemoryMarshal.Read<int>(control[TypeOffset..]) == type;

    /// <summary>fe80::/10 (RFC 4291, 2.5.6).</summary>
    private static bool IsLinkLocal(ReadOnlySpan<byte> control) =>
        control[IPv6LocalOffset] == 0xFE && (control[IPv6LocalOffset + 1] & 0xC0) == 0x80;
}
