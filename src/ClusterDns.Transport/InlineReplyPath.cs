using ClusterDns.Wire;

namespace ClusterDns.Transport;

/// <summary>
/// The path that a listener lends for one call of <see cref="IPacketHandler.Handle"/>, and uses again for the next
/// packet. Holds its user to one reply, no longer than the memory asked for.
/// </summary>
internal abstract class InlineReplyPath(int worker) : ReplyPath
{
    private int _granted;
    private bool _isSpent;

    public sealed override int Worker => worker;

    public sealed override Span<byte> GetBuffer(int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MessageHeader.MaxMessageSize);
        _granted = size;
        return Room(size);
    }

    public sealed override void Send(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_granted);
        if (!_isSpent)
        {
            _isSpent = true;
            Dispatch(length);
        }
    }

    public sealed override ReplyPath Detach()
    {
        if (_isSpent)
        {
            throw new InvalidOperationException("This packet has been answered or detached already.");
        }

        _isSpent = true;
        _granted = 0;
        return Continue();
    }

    public sealed override void Abandon() => _isSpent = true;

    /// <summary>Starts over for the next packet.</summary>
    protected void Renew()
    {
        _isSpent = false;
        _granted = 0;
    }

    /// <summary>The same memory until <see cref="Dispatch"/>, whatever the size.</summary>
    protected abstract Span<byte> Room(int size);

    /// <summary>Takes the reply out of <see cref="Room"/>.</summary>
    protected abstract void Dispatch(int length);

    /// <summary>Makes the path that lives on.</summary>
    protected abstract ReplyPath Continue();
}
