using System.Buffers;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// One source port that asks the upstream. The socket is connected: datagrams from anywhere else never arrive, and ICMP
/// errors do.
/// </summary>
internal sealed class UpstreamUdpSocket : UpstreamChannel
{
    private const string Network = "udp";

    /// <summary>Queries that long are sent from the stack.</summary>
    private const int SmallQuerySize = 512;

    private readonly UpstreamChannels _all;
    private readonly Socket _socket;
    private readonly IPEndPoint _local;

    /// <exception cref="SocketException">There is no such source address, no route, or no socket left.</exception>
    public UpstreamUdpSocket(UpstreamContext context, UpstreamChannels all, int replySize)
        : base(context, context.Options.QueriesPerUdpSocket)
    {
        _all = all;
        ReplySize = replySize;
        _socket = Connect(context);
        _local = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <summary>
    /// On the thread that receives: every socket has one, and what a reply sets going is short.
    /// </summary>
    public override bool CompletesAsynchronously => false;

    /// <summary>Octets of the longest reply that it has room for.</summary>
    public int ReplySize { get; }

    protected override int Lifetime => Context.Options.QueriesPerUdpSocket;

    protected override TimeSpan MaxAge => Context.Options.UdpSocketAge;

    /// <summary>Sends a query that was taken in before; if that fails, the query is completed.</summary>
    public void Send(PendingQuery pending, in UpstreamQuery query)
    {
        var length = query.Message.Length;
        var rented = length > SmallQuerySize ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> message = rented is null ? stackalloc byte[SmallQuerySize] : rented;
        query.Write(message, pending.Id);
        SocketError error;
        try
        {
            _socket.Send(message[..length], SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            // Closed in this moment, and so is the query completed.
            error = SocketError.Success;
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        if (error != SocketError.Success)
        {
            SendFailed(pending, error);
        }
    }

    protected override bool HasBeenUsed(int queries) => queries > 1;

    protected override void Close() => _socket.Dispose();

    protected override string TimeoutText() => UpstreamErrorText.Io(UpstreamErrorText.ReadCall, Network, _local, Server, UpstreamErrorText.TimedOut);

    protected override async Task RunAsync()
    {
        // One octet more than what is taken tells a reply that was too long from one that fits.
        var buffer = ArrayPool<byte>.Shared.Rent(ReplySize + 1);
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(buffer.AsMemory(0, ReplySize + 1)).ConfigureAwait(false);
                TryAccept(length > ReplySize ? CutToQuestion(buffer) : buffer.AsSpan(0, length));
            }
        }
        catch (SocketException error)
        {
            // Mostly ICMP: nobody listens there. Closing the socket ends up here, too, when nobody waits any more.
            _all.Remove(this);
            Fail(UpstreamOutcome.Unreachable, ReadText(error.SocketErrorCode));
        }
        catch (ObjectDisposedException)
        {
            // Closed between two calls.
        }
        finally
        {
            _all.Remove(this);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <exception cref="SocketException">As in the constructor.</exception>
    private static Socket Connect(UpstreamContext context)
    {
        var server = context.Target.Endpoint;
        var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (context.Options.SourceAddress is { } source)
            {
                socket.Bind(new IPEndPoint(source, 0));
            }

            // The kernel picks a port at random. Sending never waits: a full send buffer loses the query.
            socket.Connect(server);
            socket.Blocking = false;
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A reply that we have no room for is as good as one that says TC: header and question of it are enough.</summary>
    private ReadOnlySpan<byte> CutToQuestion(Span<byte> message)
    {
        Interlocked.Increment(ref Context.Tally.Cut);
        var questions = MessageHeader.QuestionCount(message);
        var flags = (ushort)(MessageHeader.Flags(message) | MessageHeader.TruncatedFlag);
        MessageHeader.Write(message, MessageHeader.Id(message), flags, questions, 0, 0, 0);
        return WireName.TryMeasure(message[MessageHeader.Size..], out var length)
            ? message[..(MessageHeader.Size + length + MessageHeader.QuestionFixedPart)]
            : [];
    }

    private void SendFailed(PendingQuery pending, SocketError error)
    {
        if (error == SocketError.ConnectionRefused)
        {
            // ICMP about an earlier query, which holds for all of them.
            Fail(UpstreamOutcome.Unreachable, ReadText(error));
        }
        else if (TryTakeBack(pending))
        {
            var outcome = error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable
                ? UpstreamOutcome.Busy
                : UpstreamOutcome.Unreachable;
            var what = UpstreamErrorText.Call(UpstreamErrorText.WriteCall, error);
            var text = UpstreamErrorText.Io(UpstreamErrorText.WriteCall, Network, _local, Server, what);
            pending.Complete(UpstreamReply.Failed(outcome, text, pending.IsChannelReused));
        }
    }

    private string ReadText(SocketError error) =>
        UpstreamErrorText.Io(UpstreamErrorText.ReadCall, Network, _local, Server, UpstreamErrorText.Call(UpstreamErrorText.ReadCall, error));
}
