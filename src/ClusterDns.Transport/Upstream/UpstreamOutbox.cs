using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// Queries on their way over one connection. Any thread adds; one write at a time takes everything added so far, which
/// TLS needs and TCP gains from. Before the connection is open it only gathers.
/// </summary>
internal sealed class UpstreamOutbox(int maxOctets)
{
    private const int LengthPrefixSize = 2;

    /// <summary>Some usual queries.</summary>
    private const int FirstBufferSize = 512;

    private readonly Lock _lock = new();
    private Stream? _stream;
    private byte[] _waiting = [];
    private int _waitingLength;
    private byte[] _leaving = [];
    private int _leavingLength;
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

            var size = query.Message.Length;
            var length = _waitingLength + LengthPrefixSize + size;
            if (length + _leavingLength > maxOctets)
            {
                return false;
            }

            MakeRoom(length);
            var destination = _waiting.AsSpan(_waitingLength);
            BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)size);
            query.Write(destination[LengthPrefixSize..], id);
            _waitingLength = length;
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
            if (_stream is null || _isWriting || !TakeWaiting())
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
            _waitingLength = 0;
            Return(ref _waiting);
        }
    }

    private void MakeRoom(int length)
    {
        if (length <= _waiting.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, Math.Max(FirstBufferSize, _waiting.Length * 2)));
        _waiting.AsSpan(0, _waitingLength).CopyTo(larger);
        Return(ref _waiting);
        _waiting = larger;
    }

    private async Task WriteAsync(Stream stream)
    {
        do
        {
            try
            {
                await stream.WriteAsync(_leaving.AsMemory(0, _leavingLength)).ConfigureAwait(false);
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
            _leavingLength = 0;
            Return(ref _leaving);
            _isWriting = TakeWaiting();
            return _isWriting;
        }
    }

    private bool TakeWaiting()
    {
        if (_waitingLength == 0)
        {
            return false;
        }

        (_leaving, _waiting) = (_waiting, _leaving);
        (_leavingLength, _waitingLength) = (_waitingLength, 0);
        return true;
    }

    private static void Return(ref byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }
}
