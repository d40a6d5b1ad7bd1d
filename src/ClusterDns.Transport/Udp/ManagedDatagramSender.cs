using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Transport.Udp;

/// <summary>Sends from the socket's own address, waiting at most the socket's send timeout.</summary>
internal sealed class ManagedDatagramSender(Socket socket) : IDatagramSender
{
    public bool TrySend(ReadOnlySpan<byte> reply, SocketAddress client, ReadOnlySpan<byte> packetInfo)
    {
        try
        {
            return socket.SendTo(reply, SocketFlags.None, client) == reply.Length;
        }
        catch (SocketException)
        {
            // No route, no room, a client's port 0: one reply is lost, the socket is as good as before.
            return false;
        }
    }
}
