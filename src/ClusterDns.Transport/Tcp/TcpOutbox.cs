using System.Net.Sockets;

namespace ClusterDns.Transport.Tcp;

/// <summary>
/// Answers on their way to one client. Any thread adds; one write at a time takes everything added so far, so that many
/// small answers leave in one segment.
/// </summary>
internal sealed class TcpOutbox(Socket socket, ByteBudget budget, TcpOptions options, TcpDeadlines deadlines, AsyncSignal changed)
{
    /// <summary>A few usual answers.</summary>
    private const int FirstBufferSize = 1024;

    /// <summary>Held for a copy of one answer: the answers of a connection come from as many threads as they like.</summary>
    private readonly Lock _lock = new();
    private TcpSendBuffers _buffers = new(budget, options.MaxQueuedOctets, FirstBufferSize);
    private TaskCompletionSource? _roomAwaited;
    private bool _isWriting;
    private bool _isClosed;

    /// <summary>Nothing will be sent any more: the connection was ended, or a write failed.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    public bool IsWriting => Volatile.Read(ref _isWriting);

    /// <summary>Octets that the system has not taken yet.</summary>
    public int QueuedOctets
    {
        get
        {
            lock (_lock)
            {
                return _buffers.Octets;
            }
        }
    }

    /// <summary>
    /// Adds one answer; it leaves with the next <see cref="Flush"/>. False when the client has let too much pile up. A
    /// closed outbox swallows it.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<byte> answer)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return true;
            }

            if (!_buffers.TryAdd(answer.Length, out var destination))
            {
                return false;
            }

            answer.CopyTo(destination);
            return true;
        }
    }

    /// <summary>Begins to write what was added, unless a write is under way, which will take it along.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_isWriting || !_buffers.TryTakeWaiting())
            {
                return;
            }

            _isWriting = true;
        }

        // Goes on by itself when the client is slow; it ends with the connection and never throws.
        _ = WriteAsync();
    }

    /// <summary>
    /// Waits until fewer than <paramref name="octets"/> are queued. False when the outbox is closed or
    /// <paramref name="cancellation"/> came first. Any number may wait.
    /// </summary>
    public async ValueTask<bool> WaitForRoomAsync(int octets, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            Task change;
            lock (_lock)
            {
                if (_isClosed || _buffers.Octets < octets)
                {
                    return !_isClosed;
                }

                // On threads of their own: whoever makes room holds the lock.
                _roomAwaited ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                change = _roomAwaited.Task;
            }

            await change.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    /// <summary>Forgets what is not yet on its way. The socket is closed beside this, which ends a write under way.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _buffers.ReturnWaiting();
            TellWaiters();
        }
    }

    private async Task WriteAsync()
    {
        bool hasMore;
        do
        {
            try
            {
                deadlines.WriteBegan();
                await socket.SendAsync(_buffers.Leaving).ConfigureAwait(false);
                deadlines.WriteEnded();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // The client is gone or was cut off: nobody is left to answer.
                Close();
            }

            hasMore = GoOn();
            changed.Set();
        }
        while (hasMore);
    }

    /// <summary>After a write: whether more has been added meanwhile.</summary>
    private bool GoOn()
    {
        lock (_lock)
        {
            _buffers.ReturnLeaving();
            _isWriting = _buffers.TryTakeWaiting();
            TellWaiters();
            return _isWriting;
        }
    }

    private void TellWaiters()
    {
        _roomAwaited?.SetResult();
        _roomAwaited = null;
    }
}
