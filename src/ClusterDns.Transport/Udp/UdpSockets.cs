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
