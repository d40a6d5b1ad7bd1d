using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Transport;

/// <summary>
/// One side of a conversation: address and port, by value, so that the packet path allocates none. IPv4 addresses that
/// arrive on a dual-mode socket are kept as plain IPv4.
/// </summary>
public readonly struct TransportAddress : IEquatable<TransportAddress>
{
    private readonly UInt128 _address;

    private TransportAddress(UInt128 address, bool isIPv4, ushort port, uint scopeId)
    {
        _address = address;
        IsIPv4 = isIPv4;
        Port = port;
        ScopeId = scopeId;
    }

    public bool IsIPv4 { get; }

    public ushort Port { get; }

    /// <summary>Interface index of a link-local IPv6 address, otherwise 0.</summary>
    public uint ScopeId { get; }

    /// <summary>The address alone, IPv4 in the low 32 bits: a key for tables that also ask <see cref="IsIPv4"/>.</summary>
    public UInt128 Bits => _address;

    /// <param name="address">4 or 16 octets in network order; an IPv4-mapped IPv6 address counts as IPv4.</param>
    /// <param name="port">Port in host order.</param>
    /// <param name="scopeId">Interface index for link-local IPv6.</param>
    public static TransportAddress From(ReadOnlySpan<byte> address, ushort port, uint scopeId = 0)
    {
        if (address.Length == 4)
        {
            return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address), true, port, 0);
        }

        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(address);
        return bits >> 32 == 0xFFFF
            ? new((uint)bits, true, port, 0)
            : new(bits, false, port, scopeId);
    }

    public static TransportAddress From(IPEndPoint endpoint)
    {
        Span<byte> octets = stackalloc byte[16];
        endpoint.Address.TryWriteBytes(octets, out var length);
        var scope = endpoint.AddressFamily == AddressFamily.InterNetworkV6 ? (uint)endpoint.Address.ScopeId : 0;
        return From(octets[..length], (ushort)endpoint.Port, scope);
    }

    /// <summary>Writes 4 or 16 octets in network order and gives their count.</summary>
    public int WriteAddress(Span<byte> destination)
    {
        if (IsIPv4)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_address);
            return 4;
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination, _address);
        return 16;
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        var length = WriteAddress(octets);
        return length == 4 ? new IPAddress(octets[..4]) : new IPAddress(octets, ScopeId);
    }

    public bool Equals(TransportAddress other) =>
        _address == other._address && IsIPv4 == other.IsIPv4 && Port == other.Port && ScopeId == other.ScopeId;

    public override bool Equals(object? obj) => obj is TransportAddress other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_address, IsIPv4, Port, ScopeId);

    /// <summary><c>10.0.0.1:53</c> or <c>[fd00::1]:53</c>.</summary>
    public override string ToString() => new IPEndPoint(ToIPAddress(), Port).ToString();
}
