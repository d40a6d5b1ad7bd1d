using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ClusterDns.Transport.Tcp;

/// <summary>
/// One client's connection (RFC 7766): queries are read as they come and handed on one by one, answers leave as they are
/// ready, in any order. Reading pauses while too many queries are in flight or the client does not take its answers.
/// </summary>
internal sealed class TcpConnection
{
    /// <summary>Reads in a row that may complete at once before other connections get their turn on this thread.</summary>
    private const int ReadsBeforeYield = 32;

    /// <summary>The same in octets: one message of the greatest length, or many small ones.</summary>
    private const int OctetsBeforeYield = 64 * 1024;

    private readonly Socket _socket;
    private readonly TcpConnectionContext _context;
    private readonly TcpDeadlines _deadlines;
    private readonly AsyncSignal _changed = new();
    private readonly TcpReceiveBuffer _received;
    private readonly TcpOutbox _outbox;
    private readonly TcpReplyPath _path;
    private int _inFlight;
    private int _queries;
    private int _octetsRead;
    private bool _clientHasFinished;
    private bool _isEnded;

    /// <exception cref="SocketException">The client has gone already.</exception>
    public TcpConnection(Socket socket, TcpConnectionContext context, int worker)
    {
        _socket = socket;
        _context = context;
        Client = TransportAddress.From((IPEndPoint)socket.RemoteEndPoint!);
        Local = TransportAddress.From((IPEndPoint)socket.LocalEndPoint!);
        _deadlines = new TcpDeadlines(context.Time, context.Settings);
        _received = new TcpReceiveBuffer(context.Budget);
        _outbox = new TcpOutbox(socket, context.Budget, context.Options, _deadlines, _changed);
        _path = new TcpReplyPath(this, worker);
    }

    public TransportAddress Client { get; }

    public TransportAddress Local { get; }

    /// <summary>Whether a whole query has come over it.</summary>
    public bool HasAsked => _deadlines.HasAsked;

    /// <summary>Since a query came or an answer left.</summary>
    public TimeSpan IdleTime => _deadlines.IdleTime;

    /// <summary>Whether queries are in flight.</summary>
    public bool WaitsForAnswers => Volatile.Read(ref _inFlight) > 0;

    private bool TakesQueries =>
        !_outbox.IsClosed
        && (_context.Options.MaxQueries == TcpOptions.UnlimitedQueries || _queries < _context.Options.MaxQueries);

    private bool HasRoomForMore =>
        Volatile.Read(ref _inFlight) < _context.Options.MaxQueriesInFlight
        && _outbox.QueuedOctets < _context.Options.PauseReadingAt;

    /// <summary>Serves the connection to its end, and closes it.</summary>
    public async Task RunAsync()
    {
        try
        {
            // The accept loop goes on meanwhile.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await ReadQueriesAsync().ConfigureAwait(false);
            await FinishAnswersAsync().ConfigureAwait(false);
            await LingerAsync().ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // Reset, unreachable, timed out: whatever the system says of one client's socket, that client is gone.
        }
        catch (ObjectDisposedException) when (Volatile.Read(ref _isEnded))
        {
            // Aborted between two calls.
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection if it has overstayed one of its times.</summary>
    public void EndIfOverdue()
    {
        if (_deadlines.IsWriteOverdue)
        {
            Abort(ref _context.Counters.SlowReaders);
        }
        else if (_deadlines.IsLingerOverdue)
        {
            End();
        }
        else if (_deadlines.IsOverdue(Volatile.Read(ref _inFlight) > 0) && TryClaimEnd())
        {
            Interlocked.Increment(ref _context.Counters.TimedOut);
            ShutDown();
        }
    }

    /// <summary>Ends the connection now, whatever is in flight.</summary>
    public void End()
    {
        if (TryClaimEnd())
        {
            ShutDown();
        }
    }

    /// <summary>Ends the connection at once because another one needs its place: its descriptor is free on return.</summary>
    public void Displace()
    {
        if (TryClaimEnd())
        {
            ShutDown();
            _socket.Dispose();
        }
    }

    /// <summary>
    /// Says that no more answers will come if the client waits for none and is quiet. One that keeps connections opens
    /// another for its next query. False while the connection is busy.
    /// </summary>
    public bool TryFinish()
    {
        if (_deadlines.IsLingering)
        {
            return true;
        }

        if (Volatile.Read(ref _inFlight) > 0
            || _outbox.QueuedOctets > 0
            || !_deadlines.IsQuietFor(_context.Options.QuietTime))
        {
            return false;
        }

        try
        {
            if (_socket.Available > 0)
            {
                return false;
            }

            // The reader swallows what the client still sends, until it closes or the sweep loses patience.
            _deadlines.LingerBegan();
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It has ended meanwhile.
        }

        return true;
    }

    /// <summary>Makes the connection look whether the listener is stopping.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Queues an answer that was given on the spot; it leaves with the others of its read.</summary>
    public void Add(ReadOnlySpan<byte> answer)
    {
        Interlocked.Increment(ref _context.Counters.Answered);
        if (!_outbox.TryAdd(answer))
        {
            Abort(ref _context.Counters.SlowReaders);
        }
    }

    /// <summary>Sends the answer to a query in flight, from any thread.</summary>
    public void AddAndFlush(ReadOnlySpan<byte> answer)
    {
        Add(answer);
        _outbox.Flush();
    }

    /// <summary>
    /// Sends a message that is not the last of its answer, and waits until there is room for another; the sweep bounds the
    /// wait. False when the connection has ended.
    /// </summary>
    public ValueTask<bool> AddPartAsync(ReadOnlySpan<byte> part, CancellationToken cancellation)
    {
        if (!_outbox.TryAdd(part))
        {
            Abort(ref _context.Counters.SlowReaders);
        }

        _outbox.Flush();
        return _outbox.WaitForRoomAsync(_context.Options.PausePartsAt, cancellation);
    }

    /// <summary>Counts the query that is being handed on as in flight, until <see cref="EndInFlight"/>.</summary>
    public DetachedTcpPath Detach(ReplyPath inline)
    {
        Interlocked.Increment(ref _inFlight);
        if (!_context.Paths.TryRent(out var path))
        {
            path = new DetachedTcpPath();
        }

        path.Begin(inline, this);
        return path;
    }

    public void EndInFlight(DetachedTcpPath path)
    {
        _context.Paths.Return(path);
        _deadlines.Active();
        Interlocked.Decrement(ref _inFlight);
        _changed.Set();
    }

    private async Task ReadQueriesAsync()
    {
        for (var reads = 1; TakesQueries; reads++)
        {
            if (!HandOn())
            {
                _deadlines.ReadingPaused();
                await _changed.WaitAsync().ConfigureAwait(false);
            }
            else if (!TakesQueries || !await TryReadAsync().ConfigureAwait(false))
            {
                return;
            }

            if (reads % ReadsBeforeYield == 0 || _octetsRead >= OctetsBeforeYield)
            {
                _octetsRead = 0;
                await Task.Yield();
            }
        }
    }

    /// <summary>
    /// Hands on the whole queries that have been read. False when some may be left because the connection has to wait
    /// first.
    /// </summary>
    private bool HandOn()
    {
        var mayGoOn = true;
        while (TakesQueries && (mayGoOn = HasRoomForMore) && _received.TryTake(out var query))
        {
            _queries++;
            _deadlines.MessageEnded();
            Handle(query);
        }

        _path.Release();
        _outbox.Flush();
        return mayGoOn;
    }

    private void Handle(ReadOnlySpan<byte> query)
    {
        Interlocked.Increment(ref _context.Counters.Received);
        _path.Begin();
        try
        {
            _context.Handler.Handle(query, _path);
        }
        catch (Exception error)
        {
            // Whatever is wrong above, it costs this query its answer and nothing else.
            Interlocked.Increment(ref _context.Counters.HandlerFailures);
            _context.Failures.HandlerFailed(error);
        }
    }

    /// <summary>Waits for more; false when no more will come. Nearly every call waits: its state is pooled.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TryReadAsync()
    {
        if (!_received.TryMakeRoom())
        {
            Abort(ref _context.Counters.OverBudget);
            return false;
        }

        if (!_received.IsEmpty)
        {
            _deadlines.MessageBegan();
        }

        int count;
        try
        {
            count = await _socket.ReceiveAsync(_received.Room, _context.Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_context.Stopping.IsCancellationRequested)
        {
            // What the system has taken in already was asked in time.
            if (_socket.Available == 0)
            {
                return false;
            }

            count = await _socket.ReceiveAsync(_received.Room).ConfigureAwait(false);
        }

        _received.Add(count);
        _octetsRead += count;
        _clientHasFinished = count == 0;
        return count > 0;
    }

    /// <summary>Waits for the queries in flight and until the system has taken their answers; the sweep bounds it.</summary>
    private async Task FinishAnswersAsync()
    {
        while (!_outbox.IsClosed && (Volatile.Read(ref _inFlight) > 0 || _outbox.QueuedOctets > 0))
        {
            await _changed.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Says that no more answers will come and swallows what the client still sends: closing over unread data would reset
    /// the connection, and the client's system might throw away answers it has not yet handed over.
    /// </summary>
    private async Task LingerAsync()
    {
        if (_outbox.IsClosed || _clientHasFinished)
        {
            return;
        }

        _deadlines.LingerBegan();
        _socket.Shutdown(SocketShutdown.Send);
        _received.Close();
        while (await _socket.ReceiveAsync(_received.Room).ConfigureAwait(false) > 0)
        {
        }
    }

    /// <summary>Gives everything back; returns when no write uses the socket or a buffer any more.</summary>
    private async Task CloseAsync()
    {
        _outbox.Close();
        _received.Close();
        _path.Release();
        _socket.Dispose();
        while (_outbox.IsWriting)
        {
            await _changed.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>True for the first who wants to end the connection.</summary>
    private bool TryClaimEnd() => !Interlocked.Exchange(ref _isEnded, true);

    /// <summary>
    /// Closes both directions in good order: a client that keeps connections for later takes that for a reason to open a
    /// new one, and a reset for a failure.
    /// </summary>
    private void ShutDown()
    {
        _outbox.Close();
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client was quicker.
        }

        _changed.Set();
    }

    /// <summary>Ends the connection with a reset, so that the system forgets at once what the client does not take.</summary>
    private void Abort(ref long counter)
    {
        if (TryClaimEnd())
        {
            Interlocked.Increment(ref counter);
            _outbox.Close();
            _socket.Close(0);
            _changed.Set();
        }
    }
}
