using System.Buffers.Binary;

namespace ClusterDns.Transport.Tcp;

/// <summary>
/// The octets of one connection that are read but not yet handed on, and where messages begin and end in them (RFC 1035,
/// 4.2.2). An idle connection holds the small array only; more is borrowed while data fills it.
/// </summary>
internal sealed class TcpReceiveBuffer(ByteBudget budget)
{
    /// <summary>Several usual queries; what each open connection costs.</summary>
    public const int SmallSize = 512;

    /// <summary>Read at once from a client that sends query after query; only a single message is given more.</summary>
    public const int StreamSize = 16 * 1024;

    /// <summary>How much more is borrowed each time that a read filled everything.</summary>
    private const int GrowthFactor = 4;

    private const int LengthPrefixSize = 2;
    private const int LargestSize = LengthPrefixSize + ushort.MaxValue;

    private readonly byte[] _small = new byte[SmallSize];
    private BorrowedBuffer _borrowed = new(budget);
    private int _start;
    private int _end;

    /// <summary>Nothing is waiting: no message has begun.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Where the next octets go; never empty after <see cref="TryMakeRoom"/>.</summary>
    public Memory<byte> Room => Current.AsMemory(_end);

    /// <summary>What is read and not handed on; behind a <see cref="TryTake"/> that said false, the front of a message.</summary>
    public ReadOnlySpan<byte> Waiting => Current.AsSpan(_start, _end - _start);

    private byte[] Current => _borrowed.IsEmpty ? _small : _borrowed.Array;

    public void Add(int count) => _end += count;

    /// <summary>Gives the next whole message, good until <see cref="TryMakeRoom"/>; false when there is none yet.</summary>
    public bool TryTake(out ReadOnlySpan<byte> message)
    {
        var waiting = Waiting;
        if (waiting.Length < LengthPrefixSize)
        {
            message = default;
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(waiting);
        if (waiting.Length - LengthPrefixSize < length)
        {
            message = default;
            return false;
        }

        message = waiting.Slice(LengthPrefixSize, length);
        _start += LengthPrefixSize + length;
        return true;
    }

    /// <summary>Makes room for one more read. False when the budget does not allow what a message or a stream of them needs.</summary>
    public bool TryMakeRoom()
    {
        var wasFilled = _end == Current.Length;
        MoveToFront();
        if (wasFilled)
        {
            return TryGrow();
        }

        if (IsEmpty)
        {
            _borrowed.Return();
        }

        return true;
    }

    /// <summary>Gives back what is borrowed.</summary>
    public void Close()
    {
        _borrowed.Return();
        _start = 0;
        _end = 0;
    }

    private void MoveToFront()
    {
        if (_start > 0)
        {
            Current.AsSpan(_start, _end - _start).CopyTo(Current);
            _end -= _start;
            _start = 0;
        }
    }

    /// <summary>A read that filled everything says that more is waiting, or that a message is longer than all of this.</summary>
    private bool TryGrow()
    {
        var isFull = _end == Current.Length;
        if (!isFull && Current.Length >= StreamSize)
        {
            return true;
        }

        return _borrowed.TryBorrow(Math.Min(Current.Length * GrowthFactor, LargestSize), Current.AsSpan(0, _end)) || !isFull;
    }
}
