using System.Net.Sockets;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// The source ports that queries leave from. Every query takes one of them at random; a socket that has sent its share is
/// replaced by a fresh one, and waits for its last replies beside it.
/// </summary>
internal sealed class UpstreamUdp
{
    private readonly UpstreamContext _context;
    private readonly Lock _opening = new();
    private readonly UpstreamUdpSocket?[] _ports;

    public UpstreamUdp(UpstreamContext context, Action onOpened)
    {
        _context = context;
        _ports = new UpstreamUdpSocket?[context.Options.UdpPorts];
        Sockets = new UpstreamChannels(context, context.Options.MaxUdpSockets, context.Options.MaxUdpSockets, onOpened);
    }

    public UpstreamChannels Sockets { get; }

    /// <summary>Sends the query over one of the sockets; false when <paramref name="refusal"/> says why it cannot.</summary>
    public bool TrySend(PendingQuery pending, in UpstreamQuery query, out UpstreamReply refusal)
    {
        var replySize = ReplySizeFor(query);
        var first = _context.Random.Next();
        for (var i = 0u; i < (uint)_ports.Length; i++)
        {
            var port = (int)((first + i) % (uint)_ports.Length);
            var socket = Volatile.Read(ref _ports[port]);
            if ((socket is null || socket.IsRetired || socket.ReplySize < replySize)
                && !TryReplace(port, replySize, out socket, out refusal))
            {
                return false;
            }

            // False: it is full, or was retired just now. There are others.
            if (socket!.TryAdd(pending))
            {
                socket.Send(pending, query);
                refusal = default;
                return true;
            }
        }

        refusal = Busy();
        return false;
    }

    private int ReplySizeFor(in UpstreamQuery query) =>
        query.UdpReplySize is var allowed && allowed > _context.Options.UdpReplySize
            ? MessageHeader.MaxMessageSize
            : _context.Options.UdpReplySize;

    private bool TryReplace(int port, int replySize, out UpstreamUdpSocket? socket, out UpstreamReply refusal)
    {
        refusal = default;
        lock (_opening)
        {
            var old = _ports[port];
            if (old is not null && !old.IsRetired && old.ReplySize >= replySize)
            {
                // Somebody else was quicker.
                socket = old;
                return true;
            }

            old?.Retire();
            socket = Sockets.IsFull ? null : TryOpen(replySize, out refusal);
            _ports[port] = socket;
        }

        if (socket is null && refusal.Error is null)
        {
            refusal = Busy();
        }

        return socket is not null;
    }

    private UpstreamUdpSocket? TryOpen(int replySize, out UpstreamReply refusal)
    {
        refusal = default;
        try
        {
            var socket = new UpstreamUdpSocket(_context, Sockets, replySize);
            if (!Sockets.TryAdd(socket))
            {
                socket.Retire();
                return null;
            }

            Interlocked.Increment(ref _context.Tally.UdpSocketsOpened);
            socket.Start();
            return socket;
        }
        catch (SocketException error)
        {
            refusal = OpenFailed(error.SocketErrorCode);
            return null;
        }
    }

    private UpstreamReply OpenFailed(SocketError error)
    {
        var source = _context.Options.SourceAddress;
        var server = _context.Target.Endpoint;
        return error == SocketError.TooManyOpenSockets
            ? UpstreamReply.Failed(UpstreamOutcome.Busy, Dial(UpstreamErrorText.Call("socket", error)))
            : UpstreamReply.Failed(UpstreamOutcome.Unreachable, Dial(UpstreamErrorText.Call(CallOf(error), error)));

        string Dial(string what) => UpstreamErrorText.Dial("udp", source, server, what);
    }

    /// <summary>An address that is not ours is noticed when the socket is bound to it.</summary>
    private string CallOf(SocketError error) =>
        error == SocketError.AddressNotAvailable && _context.Options.SourceAddress is not null ? "bind" : "connect";

    private UpstreamReply Busy() => UpstreamReply.Failed(
        UpstreamOutcome.Busy,
        UpstreamErrorText.Dial("udp", _context.Options.SourceAddress, _context.Target.Endpoint, "too many queries in flight"));
}
