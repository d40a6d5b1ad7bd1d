using System.Buffers.Binary;

namespace ClusterDns.Transport.Tcp;

/// <summary>
/// Messages of one connection on their way out, each behind its length (RFC 1035, 4.2.2): while some leave in one write,
/// others gather for the next. An idle connection holds no memory for them. Not thread-safe.
/// </summary>
/// <param name="budget">What the buffers are counted against.</param>
/// <param name="maxOctets">Most that may wait and leave together.</param>
/// <param name="firstSize">What a connection borrows first: a few usual messages.</param>
internal struct TcpSendBuffers(ByteBudget budget, int maxOctets, int firstSize)
{
    private const int LengthPrefixSize = 2;

    private BorrowedBuffer _waiting = new(budget);
    private int _waitingLength;
    private BorrowedBuffer _leaving = new(budget);
    private int _leavingLength;

    /// <summary>Octets that the system has not taken yet.</summary>
    public readonly int Octets => _waitingLength + _leavingLength;

    /// <summary>What is being written.</summary>
    public readonly ReadOnlyMemory<byte> Leaving => _leaving.Array.AsMemory(0, _leavingLength);

    /// <summary>Makes room for a message among those that wait, and gives it. False when too much is there already.</summary>
    public bool TryAdd(int size, out Span<byte> message)
    {
        message = default;
        var length = _waitingLength + LengthPrefixSize + size;
        if (length + _leavingLength > maxOctets || !TryFit(length))
        {
            return false;
        }

        var destination = _waiting.Array.AsSpan(_waitingLength);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)size);
        message = destination.Slice(LengthPrefixSize, size);
        _waitingLength = length;
        return true;
    }

    /// <summary>What waits is what leaves from now on; false if nothing does. Nothing may be leaving.</summary>
    public bool TryTakeWaiting()
    {
        if (_waitingLength == 0)
        {
            return false;
        }

        (_leaving, _waiting) = (_waiting, _leaving);
        (_leavingLength, _waitingLength) = (_waitingLength, 0);
        return true;
    }

    /// <summary>The write is over.</summary>
    public void ReturnLeaving()
    {
        _leaving.Return();
        _leavingLength = 0;
    }

    public void ReturnWaiting()
    {
        _waiting.Return();
        _waitingLength = 0;
    }

    private bool TryFit(int length)
    {
        var capacity = _waiting.Array.Length;
        return length <= capacity
            || _waiting.TryBorrow(
                Math.Max(length, Math.Max(capacity * 2, firstSize)),
                _waiting.Array.AsSpan(0, _waitingLength));
    }
}
