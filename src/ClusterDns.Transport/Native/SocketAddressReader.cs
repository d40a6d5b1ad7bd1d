using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>Reads <c>struct sockaddr_in</c> and <c>struct sockaddr_in6</c>; told apart by length.</summary>
internal static class SocketAddressReader
{
    /// <summary>Octets of the longer of the two.</summary>
    public const int Capacity = 28;

    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;
    private const int ScopeOffset = 24;

    public static TransportAddress Read(ReadOnlySpan<byte> address)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(address[PortOffset..]);
        return address.Length < Capacity
            ? TransportAddress.From(address.Slice(IPv4Offset, 4), port)
            : TransportAddress.From(address.Slice(IPv6Offset, 16), port, MemoryMarshal.Read<uint>(address[ScopeOffset..]));
    }
}
