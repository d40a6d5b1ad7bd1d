using System.Net;

namespace ClusterDns.Transport.Udp;

/// <summary>Sends one reply at a time, from any thread.</summary>
internal interface IDatagramSender
{
    /// <summary>Never blocks for long; false when the system refused the datagram.</summary>
    /// <param name="reply">The whole message.</param>
    /// <param name="client">Where it goes.</param>
    /// <param name="packetInfo">Control message that sets the source address; empty where the socket has only one.</param>
    /// <exception cref="ObjectDisposedException">The socket was closed meanwhile.</exception>
    bool TrySend(ReadOnlySpan<byte> reply, SocketAddress client, ReadOnlySpan<byte> packetInfo);
}
