using System.Buffers;
using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>
/// The octets of one message while it grows. There are two sizes: the buffer that is always here holds nearly every
/// reply, the borrowed one any. It grows at most once, and the first buffer lives on: a span taken before stays readable.
/// </summary>
internal sealed class MessageBuffer
{
    /// <summary>Octets held without borrowing.</summary>
    public const int UsualSize = 2048;

    // A record is measured after it is written: up to three names and a fixed part may stand behind the largest message
    // until they are taken back.
    private const int OvershootSize = 1024;
    private const int LargeSize = MessageHeader.MaxMessageSize + OvershootSize;

    private readonly byte[] _usual = GC.AllocateUninitializedArray<byte>(UsualSize);
    private byte[] _octets;

    public MessageBuffer()
    {
        _octets = _usual;
    }

    public int Length { get; private set; }

    public Span<byte> Written => _octets.AsSpan(0, Length);

    /// <summary>Makes room for so many octets more; false when there is none even in the large buffer.</summary>
    public bool TryReserve(int octets) => Length + octets <= _octets.Length || TryGrow(octets);

    /// <summary>Appends within what <see cref="TryReserve"/> granted, like the other writers.</summary>
    public void Write(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_octets.AsSpan(Length));
        Length += octets.Length;
    }

    /// <summary>Appends so many octets for the caller to fill in.</summary>
    public Span<byte> Take(int octets)
    {
        var taken = _octets.AsSpan(Length, octets);
        Length += octets;
        return taken;
    }

    public void WriteByte(byte value) => _octets[Length++] = value;

    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_octets.AsSpan(Length), value);
        Length += sizeof(ushort);
    }

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_octets.AsSpan(Length), value);
        Length += sizeof(uint);
    }

    /// <summary>Takes back what stands behind the first <paramref name="length"/> octets.</summary>
    public void CutTo(int length) => Length = length;

    /// <summary>Empties the message and gives a borrowed buffer back; no span taken before is good any longer.</summary>
    public void Reset()
    {
        Length = 0;
        if (_octets != _usual)
        {
            ArrayPool<byte>.Shared.Return(_octets);
            _octets = _usual;
        }
    }

    private bool TryGrow(int octets)
    {
        if (_octets != _usual || Length + octets > LargeSize)
        {
            return false;
        }

        var large = ArrayPool<byte>.Shared.Rent(LargeSize);
        Written.CopyTo(large);
        _octets = large;
        return true;
    }
}
