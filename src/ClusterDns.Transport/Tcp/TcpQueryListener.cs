using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport.Native;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Transport.Tcp;

/// <summary>Listens for connections at one address, from <see cref="Start"/> until <see cref="StopAsync"/>.</summary>
public sealed class TcpQueryListener : IAsyncDisposable
{
    /// <summary>Paths of queries in flight kept for reuse, some 150 octets each.</summary>
    private const int PathPoolCapacity = 1024;

    private const string InAll = "in all";
    private const string FromItsAddress = "from its address";

    /// <summary>How long connections that were ended may take to notice.</summary>
    private static readonly TimeSpan EndMargin = TimeSpan.FromSeconds(1);

    private readonly string _name;
    private readonly ILogger _logger;
    private readonly Socket _socket;
    private readonly TcpOptions _options;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly TcpConnectionTable _connections;
    private readonly TcpConnectionContext _context;
    private readonly Task _accepting;
    private readonly Task _sweeping;
    private readonly AsyncSignal _connectionEnded = new();
    private readonly Lock _stopLock = new();
    private Task? _stop;
    private uint _accepted;

    private TcpQueryListener(Socket socket, IPacketHandler handler, TcpOptions options, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _options = options;
        _logger = logger;
        Endpoint = (IPEndPoint)socket.LocalEndPoint!;
        _name = $"tcp {Endpoint}";
        _connections = new TcpConnectionTable(options.MaxConnections, options.MaxConnectionsPerAddress);
        _context = new TcpConnectionContext(
            handler,
            new TcpSettings(options),
            time,
            new FailureLog(logger, time, _name),
            new TcpCounters(),
            new ByteBudget(options.MaxBufferedOctets),
            new BoundedPool<DetachedTcpPath>(PathPoolCapacity),
            _stopping.Token);
        _accepting = new TcpAcceptLoop(socket.AcceptAsync, Admit, _context with { Stopping = _closing.Token }).RunAsync();
        _sweeping = new TcpSweep(_connections, _context).RunAsync(_stopped.Token);
    }

    /// <summary>Where it listens, with the port that port 0 became.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Binds the address and begins to serve it.</summary>
    /// <param name="endpoint">Address and port; port 0 takes a free one, <c>::</c> serves IPv4 as well.</param>
    /// <param name="handler">Takes the queries, on the thread pool.</param>
    /// <param name="options">Bounds and times.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of failures, at most every few seconds.</param>
    /// <exception cref="SocketException">The address is not ours, in use, or not permitted.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TcpQueryListener Start(
        IPEndPoint endpoint,
        IPacketHandler handler,
        TcpOptions options,
        TimeProvider time,
        ILogger logger)
    {
        options.ThrowIfOutOfRange();
        var bounded = options.Within(DescriptorLimit.Read());
        var socket = TcpSockets.Listen(ListenAddress.Resolve(endpoint, Socket.OSSupportsIPv6), bounded);
        return new TcpQueryListener(socket, handler, bounded, time, logger);
    }

    /// <summary>
    /// Changes <see cref="TcpOptions.ReadTimeout"/>, <see cref="TcpOptions.WriteTimeout"/>,
    /// <see cref="TcpOptions.IdleTimeout"/> and <see cref="TcpOptions.MaxQueries"/>, for open connections too; every other
    /// option stays as it was at the start.
    /// </summary>
    public void Use(TcpOptions options) => _context.Settings.Use(options);

    public TcpListenerCounters ReadCounters() => _context.Counters.Read(_connections.Count, _context.Budget.Taken);

    /// <summary>
    /// Takes no more connections than have come already, ends each in a quiet moment or, after
    /// <see cref="TcpOptions.DrainTimeout"/>, behind its answers in flight, and closes everything; all of it within
    /// <see cref="TcpOptions.StopTimeout"/>.
    /// </summary>
    public Task StopAsync()
    {
        lock (_stopLock)
        {
            return _stop ??= StopOnceAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private void Admit(Socket socket)
    {
        socket.NoDelay = true;
        var connection = new TcpConnection(socket, _context, (int)(_accepted++ % (uint)_options.Workers));
        var bound = _connections.TryAdd(connection, out var seat, out var displaced);
        if (seat is null)
        {
            socket.Dispose();
            CountRefused(connection, bound);
            return;
        }

        if (displaced is not null)
        {
            displaced.Displace();
            CountDisplaced(displaced, bound);
        }

        Interlocked.Increment(ref _context.Counters.Accepted);

        // Ends with the connection, never throws, and is waited for by way of the table.
        _ = ServeAsync(connection, seat);
    }

    private void CountRefused(TcpConnection connection, TcpAdmission bound)
    {
        if (bound == TcpAdmission.TotalReached)
        {
            Interlocked.Increment(ref _context.Counters.RefusedByTotal);
            _context.Failures.ConnectionRefused(connection.Client, _options.MaxConnections, InAll);
        }
        else
        {
            Interlocked.Increment(ref _context.Counters.RefusedByAddress);
            _context.Failures.ConnectionRefused(connection.Client, _options.MaxConnectionsPerAddress, FromItsAddress);
        }
    }

    private void CountDisplaced(TcpConnection connection, TcpAdmission bound)
    {
        if (bound == TcpAdmission.TotalReached)
        {
            Interlocked.Increment(ref _context.Counters.DisplacedByTotal);
            _context.Failures.ConnectionDisplaced(connection.Client, _options.MaxConnections, InAll);
        }
        else
        {
            Interlocked.Increment(ref _context.Counters.DisplacedByAddress);
            _context.Failures.ConnectionDisplaced(connection.Client, _options.MaxConnectionsPerAddress, FromItsAddress);
        }
    }

    private async Task ServeAsync(TcpConnection connection, TcpSeat seat)
    {
        try
        {
            await connection.RunAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // A bug of ours: one connection is lost to it, not the listener.
            _context.Failures.ConnectionFailed(error);
        }
        finally
        {
            Interlocked.Increment(ref _context.Counters.Ended);
            _connections.Remove(seat);
            _connectionEnded.Set();
        }
    }

    private async Task StopOnceAsync()
    {
        var began = _context.Time.GetTimestamp();
        await StopAcceptingAsync().ConfigureAwait(false);
        var allEnded = WaitForConnectionsAsync();
        await FinishQuietConnectionsAsync(allEnded, began).ConfigureAwait(false);

        await _stopping.CancelAsync().ConfigureAwait(false);
        ForEachConnection(connection => connection.Wake());
        if (!await EndsWithinAsync(allEnded, Left(_options.StopTimeout, began)).ConfigureAwait(false))
        {
            ForEachConnection(connection => connection.End());
            if (!await EndsWithinAsync(allEnded, EndMargin).ConfigureAwait(false))
            {
                _logger.ConnectionsLeft(_name, _connections.Count);
            }
        }

        await _stopped.CancelAsync().ConfigureAwait(false);
        await _sweeping.ConfigureAwait(false);
    }

    /// <summary>
    /// Closes the listening socket so that no connection is lost with it: the system would reset those in its queue and
    /// those whose handshake is under way.
    /// </summary>
    private async Task StopAcceptingAsync()
    {
        if (_options.SharesPort && HandshakeFilter.TryAttach(_socket))
        {
            await Task.Delay(_options.HandshakeTime, _context.Time).ConfigureAwait(false);
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        for (var i = 0; i <= _options.Backlog && TryAdmitWaiting(); i++)
        {
        }

        _socket.Dispose();
    }

    private bool TryAdmitWaiting()
    {
        Socket? accepted = null;
        try
        {
            if (!_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                return false;
            }

            accepted = _socket.Accept();
            Admit(accepted);
        }
        catch (Exception error)
        {
            // Its client has gone again, or there is no room for it: the next one may do better.
            accepted?.Dispose();
            _context.Failures.AcceptFailed(error);
        }

        return true;
    }

    private async Task FinishQuietConnectionsAsync(Task allEnded, long began)
    {
        var timeout = _options.DrainTimeout < _options.StopTimeout ? _options.DrainTimeout : _options.StopTimeout;
        var isAnyBusy = true;
        while (isAnyBusy && Left(timeout, began) is var left && left > TimeSpan.Zero)
        {
            isAnyBusy = false;
            ForEachConnection(connection => isAnyBusy |= !connection.TryFinish());
            if (isAnyBusy)
            {
                await EndsWithinAsync(allEnded, left < _options.DrainCheckInterval ? left : _options.DrainCheckInterval)
                    .ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Left(TimeSpan timeout, long began)
    {
        var left = timeout - _context.Time.GetElapsedTime(began);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task WaitForConnectionsAsync()
    {
        while (_connections.Count > 0)
        {
            await _connectionEnded.WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan timeout)
    {
        await task.WaitAsync(timeout, _context.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    private void ForEachConnection(Action<TcpConnection> action)
    {
        var open = new List<TcpConnection>();
        _connections.CopyTo(open);
        open.ForEach(action);
    }
}
