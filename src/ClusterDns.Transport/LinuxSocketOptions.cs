using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ClusterDns.Transport;

/// <summary>Options of Linux sockets that <see cref="SocketOptionName"/> has no name for.</summary>
internal static class LinuxSocketOptions
{
    private const int SocketLevel = 1;
    private const int SharePortOption = 15;
    private const int ForceReceiveBufferOption = 33;
    private const int MemoryInfoOption = 55;

    private const int IPv4Level = 0;
    private const int IPv4PacketInfoOption = 8;
    private const int IPv6Level = 41;
    private const int IPv6PacketInfoOption = 49;

    /// <summary>SO_MEMINFO gives nine numbers: first the octets in the receive buffer, last the packets that were dropped.</summary>
    private const int MemoryInfoNumbers = 9;

    /// <summary>
    /// SO_REUSEPORT: sockets of one user share a port and the kernel spreads packets or connections over them.
    /// <c>SocketOptionName.ReuseAddress</c> would set it too, but with it SO_REUSEADDR.
    /// </summary>
    public static void SharePort(Socket socket) => Set(socket, SocketLevel, SharePortOption, 1);

    /// <summary>Asks for the address that each datagram was sent to.</summary>
    public static void ReceivePacketInfo(Socket socket)
    {
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Set(socket, IPv6Level, IPv6PacketInfoOption, 1);
        }
        else
        {
            Set(socket, IPv4Level, IPv4PacketInfoOption, 1);
        }
    }

    /// <summary>Sets the receive buffer beyond <c>net.core.rmem_max</c>; false without CAP_NET_ADMIN.</summary>
    public static bool TryForceReceiveBuffer(Socket socket, int octets)
    {
        try
        {
            Set(socket, SocketLevel, ForceReceiveBufferOption, octets);
            return true;
        }
        catch (SocketException)
        {
            // Not permitted: the usual case in a container.
            return false;
        }
    }

    /// <summary>
    /// Packets dropped since the socket was made, because the receive buffer was full or by the socket's filter.
    /// </summary>
    public static uint ReadOverflows(Socket socket)
    {
        Span<uint> numbers = stackalloc uint[MemoryInfoNumbers];
        return TryReadMemoryInfo(socket, numbers) ? numbers[^1] : 0;
    }

    /// <summary>Octets in the receive buffer, with what the system needs to keep them.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="overflows">As <see cref="ReadOverflows"/>.</param>
    public static uint ReadQueuedOctets(Socket socket, out uint overflows)
    {
        Span<uint> numbers = stackalloc uint[MemoryInfoNumbers];
        var isKnown = TryReadMemoryInfo(socket, numbers);
        overflows = isKnown ? numbers[^1] : 0;
        return isKnown ? numbers[0] : 0;
    }

    private static bool TryReadMemoryInfo(Socket socket, Span<uint> numbers)
    {
        try
        {
            var octets = socket.GetRawSocketOption(SocketLevel, MemoryInfoOption, MemoryMarshal.AsBytes(numbers));
            return octets == numbers.Length * sizeof(uint);
        }
        catch (SocketException)
        {
            // A kernel before 4.12, or something that only looks like one.
            return false;
        }
    }

    private static void Set(Socket socket, int level, int option, int value) =>
        socket.SetRawSocketOption(level, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
}
