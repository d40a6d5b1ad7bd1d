using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Transport.Tcp;

/// <summary>Makes a listening socket.</summary>
internal static class TcpSockets
{
    /// <exception cref="SocketException">The address is not ours, in use, or not permitted.</exception>
    public static Socket Listen(IPEndPoint endpoint, TcpOptions options)
    {
        var socket = ListenAddress.CreateSocket(endpoint, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Accepted sockets inherit the buffers; set afterwards they would come too late for the window.
            socket.SendBufferSize = options.SendBufferSize;
            socket.ReceiveBufferSize = options.ReceiveBufferSize;

            // Never with port 0: the kernel might pick one where another process shares.
            if (OperatingSystem.IsLinux() && options.SharesPort && endpoint.Port != 0)
            {
                LinuxSocketOptions.SharePort(socket);
            }

            socket.Bind(endpoint);
            socket.Listen(options.Backlog);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
