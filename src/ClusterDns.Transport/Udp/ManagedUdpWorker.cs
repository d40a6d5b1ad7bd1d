using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Transport.Udp;

/// <summary>
/// One packet a call through <see cref="Socket"/>, for systems without the calls of <see cref="Native.LibC"/>. Its
/// allocation-free methods do not tell which address was asked, so on a wildcard the system picks the reply's source.
/// </summary>
internal sealed class ManagedUdpWorker : UdpWorker
{
    private readonly Socket _socket;
    private readonly UdpOptions _options;
    private readonly byte[] _packet;
    private readonly SocketAddress _client;
    private readonly ManagedReplyPath _path;

    public ManagedUdpWorker(UdpWorkerContext context)
        : this(context, new ManagedDatagramSender(context.Socket))
    {
    }

    private ManagedUdpWorker(UdpWorkerContext context, ManagedDatagramSender sender)
        : base(context, sender)
    {
        _socket = context.Socket;
        _options = context.Options;

        // One octet more than a query may have: a datagram that fills it was too long.
        _packet = new byte[_options.MaxQuerySize + 1];
        _client = new SocketAddress(_socket.AddressFamily);
        _path = new ManagedReplyPath(context.Index, context.Bound, _client, sender, Counters, Late);
    }

    protected override bool ServeBatch(bool wait)
    {
        // Asking first costs a call, but a receive that times out would cost an exception.
        if (!_socket.Poll(wait ? _options.StopCheckInterval : TimeSpan.Zero, SelectMode.SelectRead))
        {
            return false;
        }

        try
        {
            Serve(_socket.ReceiveFrom(_packet, SocketFlags.None, _client));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.MessageSize)
        {
            // How Windows says that the datagram was longer than the memory for it.
            Counters.Cut++;
        }
        catch (SocketException error) when (SaysNothingOfTheNextPacket(error.SocketErrorCode))
        {
            return false;
        }

        return true;
    }

    private void Serve(int length)
    {
        if (length > _options.MaxQuerySize)
        {
            Counters.Cut++;
            return;
        }

        _path.Begin();
        Handle(_packet.AsSpan(0, length), _path);
    }

    /// <summary>A signal, a packet with a bad checksum behind the poll, or an ICMP answer to an earlier reply.</summary>
    private static bool SaysNothingOfTheNextPacket(SocketError error) => error
        is SocketError.Interrupted or SocketError.WouldBlock or SocketError.TimedOut
        or SocketError.ConnectionRefused or SocketError.ConnectionReset;
}
