using System.Buffers;
using ClusterDns.Wire;

namespace ClusterDns.Transport;

/// <summary>A path that outlives the call it came from: pooled, ended once by whichever thread holds it.</summary>
internal abstract class DetachedReplyPath : ReplyPath
{
    private byte[] _buffer = [];
    private TransportAddress _client;
    private TransportAddress _local;
    private int _worker;
    private bool _isOpen;

    public sealed override TransportAddress Client => _client;

    public sealed override TransportAddress Local => _local;

    public sealed override int Worker => _worker;

    public sealed override Span<byte> GetBuffer(int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MessageHeader.MaxMessageSize);
        if (_buffer.Length < size)
        {
            ReturnBuffer();
            _buffer = ArrayPool<byte>.Shared.Rent(size);
        }

        return _buffer.AsSpan(0, size);
    }

    public sealed override void Send(int length)
    {
        var reply = _buffer.AsSpan(0, length);
        if (Interlocked.Exchange(ref _isOpen, false))
        {
            Dispatch(reply);
            End();
        }
    }

    public sealed override ValueTask<bool> SendPartAsync(int length, CancellationToken cancellation) =>
        Volatile.Read(ref _isOpen) ? DispatchPartAsync(_buffer.AsSpan(0, length), cancellation) : new(false);

    public sealed override ReplyPath Detach() => this;

    public sealed override void Abandon()
    {
        if (Interlocked.Exchange(ref _isOpen, false))
        {
            End();
        }
    }

    public sealed override void Cut()
    {
        if (Interlocked.Exchange(ref _isOpen, false))
        {
            CutOff();
            End();
        }
    }

    /// <summary>Takes the place of <paramref name="inline"/>.</summary>
    protected void Begin(ReplyPath inline)
    {
        _client = inline.Client;
        _local = inline.Local;
        _worker = inline.Worker;
        _isOpen = true;
    }

    /// <summary>Sends the reply if there is still somebody to send it to.</summary>
    protected abstract void Dispatch(ReadOnlySpan<byte> reply);

    /// <summary>See <see cref="ReplyPath.SendPartAsync"/>; a datagram is never one of several.</summary>
    protected virtual ValueTask<bool> DispatchPartAsync(ReadOnlySpan<byte> part, CancellationToken cancellation) => new(false);

    /// <summary>Ends what would carry the rest of the answer, where there is such a thing.</summary>
    protected virtual void CutOff()
    {
    }

    /// <summary>Nothing more will come: the object goes back to its pool.</summary>
    protected abstract void Finish();

    private void End()
    {
        ReturnBuffer();
        Finish();
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
