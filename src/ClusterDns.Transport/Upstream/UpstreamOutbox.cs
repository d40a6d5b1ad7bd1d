using System.Net.Sockets;
using ClusterDns.Transport.Tcp;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// Queries on their way over one connection. Any thread adds; one write at a time takes everything added so far, which
/// TLS needs and TCP gains from. Before the connection is open it only gathers.
/// </summary>
internal sealed class UpstreamOutbox(int maxOctets)
{
    /// <summary>Some usual queries.</summary>
    private const int FirstBufferSize = 512;

    private readonly Lock _lock = new();
    private TcpSendBuffers _buffers = new(new ByteBudget(long.MaxValue), maxOctets, FirstBufferSize);
    private Stream? _stream;
    private bool _isWriting;
    private bool _isClosed;

    /// <summary>Why writing ended, if it failed.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Adds a query under this id. False when too much is waiting; a closed outbox swallows it.</summary>
    public bool TryAdd(in UpstreamQuery query, ushort id)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return true;
            }

            if (!_buffers.TryAdd(query.Message.Length, out var destination))
            {
                return false;
            }

            query.Write(destination, id);
            return true;
        }
    }

    /// <summary>Writes to <paramref name="stream"/> from now on.</summary>
    public void Open(Stream stream)
    {
        lock (_lock)
        {
            _stream = stream;
        }

        Flush();
    }

    /// <summary>Begins to write what was added, unless a write is under way, which will take it along.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_stream is null || _isWriting || !_buffers.TryTakeWaiting())
            {
                return;
            }

            _isWriting = true;
        }

        // Ends with the connection and never throws.
        _ = WriteAsync(_stream);
    }

    /// <summary>Forgets what is not yet on its way. The stream is closed beside this, which ends a write under way.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _buffers.ReturnWaiting();
        }
    }

    private async Task WriteAsync(Stream stream)
    {
        do
        {
            try
            {
                await stream.WriteAsync(_buffers.Leaving).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The connection has ended. Closing it makes its reader notice, who tells those that wait.
                Failure = error;
                Close();
                stream.Dispose();
            }
        }
        while (GoOn());
    }

    /// <summary>After a write: whether more has been added meanwhile.</summary>
    private bool GoOn()
    {
        lock (_lock)
        {
            _buffers.ReturnLeaving();
            _isWriting = _buffers.TryTakeWaiting();
            return _isWriting;
        }
    }
}
