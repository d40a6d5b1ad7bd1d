using System.Net;

namespace ClusterDns.Transport.Udp;

/// <summary>One worker's replies that are still to come when their packets have left its hands.</summary>
internal sealed class LateReplies(IDatagramSender sender, UdpWorkerCounters counters)
{
    /// <summary>Paths kept for reuse, some 300 octets each: as many as a busy worker has waiting at once.</summary>
    public const int PoolCapacity = 1024;

    private readonly BoundedPool<DetachedUdpPath> _pool = new(PoolCapacity);
    private readonly ManualResetEventSlim _noneLeft = new();
    private int _outstanding;
    private volatile bool _isClosing;
    private volatile bool _isClosed;

    /// <summary>A path for a packet that <paramref name="inline"/> was lent for.</summary>
    /// <param name="inline">The path of the packet.</param>
    /// <param name="client">The client's socket address.</param>
    /// <param name="packetInfo">Control message that sets the source address, or nothing.</param>
    public DetachedUdpPath Begin(ReplyPath inline, ReadOnlySpan<byte> client, ReadOnlySpan<byte> packetInfo)
    {
        Interlocked.Increment(ref _outstanding);
        if (!_pool.TryRent(out var path))
        {
            path = new DetachedUdpPath(this);
        }

        path.Begin(inline, client, packetInfo);
        return path;
    }

    public void Send(ReadOnlySpan<byte> reply, SocketAddress client, ReadOnlySpan<byte> packetInfo)
    {
        if (_isClosed)
        {
            return;
        }

        try
        {
            counters.CountLate(sender.TrySend(reply, client, packetInfo));
        }
        catch (ObjectDisposedException)
        {
            // Closed between the look and the call.
        }
    }

    public void End(DetachedUdpPath path)
    {
        _pool.Return(path);
        if (Interlocked.Decrement(ref _outstanding) == 0 && _isClosing)
        {
            _noneLeft.Set();
        }
    }

    /// <summary>Waits until the last reply is out, at most so long. Called when no new one can begin; later ones go nowhere.</summary>
    public void Close(TimeSpan timeout)
    {
        _isClosing = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _outstanding) > 0 && timeout > TimeSpan.Zero)
        {
            _noneLeft.Wait(timeout);
        }

        _isClosed = true;
    }
}
