using System.Net.Sockets;

namespace ClusterDns.Transport.Udp;

/// <summary>
/// One socket and the thread that serves it until the listener stops. Nothing ends the loop before: a handler's fault
/// costs one packet, a receive failure costs a pause.
/// </summary>
internal abstract class UdpWorker
{
    private readonly UdpWorkerContext _context;
    private readonly BackOff _backOff = new();
    private readonly Thread _thread;
    private long _overflows;

    protected UdpWorker(UdpWorkerContext context, IDatagramSender sender)
    {
        _context = context;
        Late = new LateReplies(sender, Counters);
        _thread = new Thread(Run)
        {
            IsBackground = true,
            Name = $"udp {context.Bound.Port} #{context.Index}",
        };
    }

    public UdpWorkerCounters Counters { get; } = new();

    /// <summary>The replies that leave after their packet's batch.</summary>
    protected LateReplies Late { get; }

    public void Start() => _thread.Start();

    /// <summary>Waits for the thread's end; false when it takes longer.</summary>
    public bool Join(TimeSpan timeout) => _thread.Join(timeout);

    /// <summary>Packets that the kernel had no room for.</summary>
    public long ReadOverflows()
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _overflows = LinuxSocketOptions.ReadOverflows(_context.Socket);
            }
            catch (ObjectDisposedException)
            {
                // The worker has ended; the last number stands.
            }
        }

        return _overflows;
    }

    /// <summary>
    /// Takes up what is there and answers it, waiting a moment for the first packet if <paramref name="wait"/> is set.
    /// False when nothing came.
    /// </summary>
    /// <exception cref="SocketException">Receiving failed in a way that may last.</exception>
    protected abstract bool ServeBatch(bool wait);

    /// <summary>Hands one packet up.</summary>
    protected void Handle(ReadOnlySpan<byte> packet, ReplyPath path)
    {
        Counters.Received++;
        try
        {
            _context.Handler.Handle(packet, path);
        }
        catch (Exception error)
        {
            // Whatever is wrong above, the next packet is somebody else's.
            Counters.HandlerFailures++;
            _context.Failures.HandlerFailed(error);
        }
    }

    private void Run()
    {
        while (!_context.Stopping.IsSet)
        {
            TryServeBatch(wait: true);
        }

        Finish();
    }

    private bool TryServeBatch(bool wait)
    {
        try
        {
            var served = ServeBatch(wait);
            _backOff.Reset();
            return served;
        }
        catch (Exception error)
        {
            // Out of kernel memory, a bug of ours: whatever it is, a server that stops listening is worse.
            Counters.ReceiveFailures++;
            _context.Failures.ReceiveFailed(error);
            _context.Stopping.Wait(_backOff.Next());
            return false;
        }
    }

    /// <summary>
    /// Leaves the packets to come to others at the same port, answers what has arrived already, lets late replies out, and
    /// closes the socket.
    /// </summary>
    private void Finish()
    {
        var began = _context.Time.GetTimestamp();
        var isWithdrawn = UdpSockets.TryWithdraw(_context.Socket);
        EmptyQueue(began);
        if (isWithdrawn)
        {
            Thread.Sleep(_context.Options.SettleTime);
            EmptyQueue(began);
        }

        Late.Close(_context.Options.StopTimeout - _context.Time.GetElapsedTime(began));
        ReadOverflows();
        _context.Socket.Dispose();
    }

    private void EmptyQueue(long began)
    {
        while (TryServeBatch(wait: false) && _context.Time.GetElapsedTime(began) < _context.Options.StopTimeout)
        {
        }
    }
}
