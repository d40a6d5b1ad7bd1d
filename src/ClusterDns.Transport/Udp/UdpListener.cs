using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport.Native;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Transport.Udp;

/// <summary>
/// Listens for datagrams at one address: one socket and one thread per worker, from <see cref="Start"/> until
/// <see cref="Stop"/>. Replies leave from the address that was asked.
/// </summary>
public sealed class UdpListener : IDisposable
{
    /// <summary>How much longer than its time to stop a thread may take before it is left to itself.</summary>
    private static readonly TimeSpan JoinMargin = TimeSpan.FromSeconds(1);

    private readonly UdpWorker[] _workers;
    private readonly UdpOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _stopping = new();

    private UdpListener(Socket[] sockets, IPacketHandler handler, UdpOptions options, TimeProvider time, ILogger logger)
    {
        Endpoint = (IPEndPoint)sockets[0].LocalEndPoint!;
        _options = options;
        _time = time;
        _logger = logger;
        var whyManaged = options.Mode == UdpMode.Managed
            ? "an option says so"
            : LinuxDatagrams.WhyNotIn(sockets[0].SafeHandle);
        LogMode(sockets.Length, whyManaged);

        var failures = new FailureLog(logger, time, Name);
        var bound = TransportAddress.From(Endpoint);
        _workers = new UdpWorker[sockets.Length];
        for (var i = 0; i < sockets.Length; i++)
        {
            var context = new UdpWorkerContext(i, sockets[i], bound, handler, options, time, failures, _stopping);
            _workers[i] = whyManaged is null
                ? new BatchedUdpWorker(context, ListenAddress.IsWildcard(Endpoint))
                : new ManagedUdpWorker(context);
        }
    }

    /// <summary>Where it listens, with the port that port 0 became.</summary>
    public IPEndPoint Endpoint { get; }

    public int WorkerCount => _workers.Length;

    private string Name => $"udp {Endpoint}";

    /// <summary>Binds the address and begins to serve it.</summary>
    /// <param name="endpoint">Address and port; port 0 takes a free one, <c>::</c> serves IPv4 as well.</param>
    /// <param name="handler">Takes the packets, on all workers' threads at once.</param>
    /// <param name="options">Sizes and times.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears what was chosen at the start, and failures at most every few seconds.</param>
    /// <exception cref="SocketException">The address is not ours, in use, or not permitted.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static UdpListener Start(
        IPEndPoint endpoint,
        IPacketHandler handler,
        UdpOptions options,
        TimeProvider time,
        ILogger logger)
    {
        options.ThrowIfOutOfRange();
        var sockets = UdpSockets.Bind(ListenAddress.Resolve(endpoint, Socket.OSSupportsIPv6), options);
        var listener = new UdpListener(sockets, handler, options, time, logger);
        foreach (var worker in listener._workers)
        {
            worker.Start();
        }

        return listener;
    }

    public UdpListenerCounters ReadCounters()
    {
        var sum = default(UdpListenerCounters);
        foreach (var worker in _workers)
        {
            sum += worker.Counters.Read(worker.ReadOverflows());
        }

        return sum;
    }

    /// <summary>Begins what <see cref="Stop"/> waits for.</summary>
    public void BeginStop() => _stopping.Set();

    /// <summary>
    /// Leaves what is to come to others at the same port, answers what has arrived, waits for replies still to come, at most <see cref="UdpOptions.StopTimeout"/>, and closes
    /// the sockets. A reply that comes later is not sent.
    /// </summary>
    public void Stop()
    {
        BeginStop();
        var began = _time.GetTimestamp();
        var longest = _options.StopTimeout + _options.StopCheckInterval + JoinMargin;
        var hanging = 0;
        foreach (var worker in _workers)
        {
            var left = longest - _time.GetElapsedTime(began);
            hanging += worker.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero) ? 0 : 1;
        }

        if (hanging > 0)
        {
            _logger.StopTimedOut(Name, hanging);
        }
    }

    public void Dispose() => Stop();

    private void LogMode(int workers, string? whyManaged)
    {
        if (whyManaged is null)
        {
            _logger.UdpInBatches(Name, workers);
        }
        else if (ListenAddress.IsWildcard(Endpoint))
        {
            _logger.UdpManagedWildcard(Name, workers, whyManaged);
        }
        else
        {
            _logger.UdpManaged(Name, workers, whyManaged);
        }
    }
}
