using System.Net.Sockets;
using System.Runtime.InteropServices;
using ClusterDns.Transport.Native;
using ClusterDns.Transport.Udp.Overload;

namespace ClusterDns.Transport.Udp;

/// <summary>Receives and sends up to a batch of packets with one system call each, and allocates nothing meanwhile.</summary>
internal sealed class BatchedUdpWorker : UdpWorker
{
    private readonly SafeSocketHandle _socket;
    private readonly ReceiveBatch _received;
    private readonly SendBatch _replies;
    private readonly BatchedReplyPath _path;
    private readonly QueueGuard _guard;

    public BatchedUdpWorker(UdpWorkerContext context, bool wantsPacketInfo)
        : base(context, new DatagramSender(context.Socket.SafeHandle))
    {
        var options = context.Options;
        _socket = context.Socket.SafeHandle;
        _received = new ReceiveBatch(options.BatchSize, options.MaxQuerySize, wantsPacketInfo);
        _replies = new SendBatch(options.BatchSize);
        _guard = new QueueGuard(context.Socket, context.Time, options.BatchSize);
        _path = new BatchedReplyPath(context.Index, context.Bound, _received, _replies, Late);
    }

    protected override bool ServeBatch(bool wait)
    {
        var count = _received.Receive(_socket, wait);
        if (count < 0)
        {
            ThrowUnlessPassing(-count);
            _guard.Served(_received, 0);
            return false;
        }

        for (var slot = 0; slot < count; slot++)
        {
            Serve(slot);
        }

        Flush();
        _guard.Served(_received, count);
        return true;
    }

    private void Serve(int slot)
    {
        if (_received.IsCut(slot))
        {
            Counters.Cut++;
            return;
        }

        if (!_replies.HasRoom)
        {
            Flush();
        }

        _path.Begin(slot);
        Handle(_received.Packet(slot), _path);
    }

    private void Flush()
    {
        var queued = _replies.Count;
        if (queued > 0)
        {
            var sent = _replies.Flush(_socket);
            Counters.Sent += sent;
            Counters.SendFailures += queued - sent;
        }
    }

    /// <summary>A signal, a quiet moment, or an ICMP answer to an earlier reply: none says anything about the next packet.</summary>
    private static void ThrowUnlessPassing(int error)
    {
        if (error is not (LibC.Interrupted or LibC.TryAgain or LibC.ConnectionRefused))
        {
            throw new IOException($"recvmmsg: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})");
        }
    }
}
