using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Transport;

/// <summary>What an address to listen at means on this system.</summary>
internal static class ListenAddress
{
    /// <summary>
    /// The IPv6 wildcard stands for both families; on a kernel without IPv6 (booted with <c>ipv6.disable=1</c>) only the
    /// IPv4 half of it is left.
    /// </summary>
    public static IPEndPoint Resolve(IPEndPoint endpoint, bool systemHasIPv6) =>
        endpoint.Address.Equals(IPAddress.IPv6Any) && !systemHasIPv6
            ? new IPEndPoint(IPAddress.Any, endpoint.Port)
            : endpoint;

    public static bool IsWildcard(IPEndPoint endpoint) =>
        endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any);

    /// <summary>A socket for it; the IPv6 wildcard takes IPv4 as well, whatever <c>net.ipv6.bindv6only</c> says.</summary>
    public static Socket CreateSocket(IPEndPoint endpoint, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(endpoint.AddressFamily, type, protocol);
        if (endpoint.Address.Equals(IPAddress.IPv6Any))
        {
            socket.DualMode = true;
        }

        return socket;
    }
}
