using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Transport.Udp;

/// <summary>Makes the sockets of one listener: all at one address and port, the kernel spreads packets over them.</summary>
internal static class UdpSockets
{
    /// <summary>Binds one socket per worker. On failure none is left open.</summary>
    /// <exception cref="SocketException">The address is not ours, in use, or not permitted.</exception>
    public static Socket[] Bind(IPEndPoint endpoint, UdpOptions options)
    {
        // Elsewhere sockets at one port do not share the load: the last one bound may get all of it.
        var sockets = new Socket[OperatingSystem.IsLinux() ? options.Workers : 1];
        try
        {
            sockets[0] = BindFirst(endpoint, options);
            for (var i = 1; i < sockets.Length; i++)
            {
                sockets[i] = BindOne((IPEndPoint)sockets[0].LocalEndPoint!, options, sharesPort: true);
            }

            return sockets;
        }
        catch (SocketException)
        {
            foreach (var socket in sockets)
            {
                socket?.Dispose();
            }

            throw;
        }
    }

    /// <summary>
    /// Connects the socket to itself: of the sockets that share a port, the kernel gives packets only to those that are not
    /// connected, and what this one has in its queue can still be received and answered. False where that does not work.
    /// </summary>
    public static bool TryWithdraw(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || socket.LocalEndPoint is not IPEndPoint bound)
        {
            return false;
        }

        if (bound.Address.Equals(IPAddress.Any))
        {
            return TryConnect(socket, IPAddress.Loopback, bound.Port);
        }

        // A system may know IPv6 and have no address of it, not even this one.
        return bound.Address.Equals(IPAddress.IPv6Any)
            ? TryConnect(socket, IPAddress.IPv6Loopback, bound.Port)
                || TryConnect(socket, IPAddress.Loopback.MapToIPv6(), bound.Port)
            : TryConnect(socket, bound.Address, bound.Port);
    }

    private static bool TryConnect(Socket socket, IPAddress address, int port)
    {
        try
        {
            socket.Connect(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            // No such address here.
            return false;
        }
    }

    private static Socket BindFirst(IPEndPoint endpoint, UdpOptions options)
    {
        if (endpoint.Port != 0 && options.SharesPort)
        {
            return BindOne(endpoint, options, sharesPort: true);
        }

        // Bound alone first: with the option already set, the kernel would join another process at its port, or pick for
        // port 0 one where such a process listens.
        var socket = BindOne(endpoint, options, sharesPort: false);
        if (OperatingSystem.IsLinux())
        {
            LinuxSocketOptions.SharePort(socket);
        }

        return socket;
    }

    private static Socket BindOne(IPEndPoint endpoint, UdpOptions options, bool sharesPort)
    {
        var socket = ListenAddress.CreateSocket(endpoint, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Configure(socket, endpoint, options, sharesPort);
            socket.Bind(endpoint);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Configure(Socket socket, IPEndPoint endpoint, UdpOptions options, bool sharesPort)
    {
        socket.ReceiveTimeout = (int)options.StopCheckInterval.TotalMilliseconds;
        socket.SendTimeout = (int)options.SendTimeout.TotalMilliseconds;
        if (!OperatingSystem.IsLinux())
        {
            socket.ReceiveBufferSize = options.ReceiveBufferSize;
            return;
        }

        if (!LinuxSocketOptions.TryForceReceiveBuffer(socket, options.ReceiveBufferSize))
        {
            socket.ReceiveBufferSize = options.ReceiveBufferSize;
        }

        if (sharesPort)
        {
            LinuxSocketOptions.SharePort(socket);
        }

        if (ListenAddress.IsWildcard(endpoint))
        {
            LinuxSocketOptions.ReceivePacketInfo(socket);
        }
    }
}
