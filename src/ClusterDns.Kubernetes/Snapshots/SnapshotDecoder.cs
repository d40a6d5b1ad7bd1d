using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// Reads the fields of a snapshot through one small buffer. A field that is not there, or is none, makes it broken: from
/// then on every field reads as nothing, and the caller need look only once.
/// </summary>
/// <param name="input">From the first object on.</param>
/// <param name="length">Octets of all objects.</param>
internal sealed class SnapshotDecoder(Stream input, long length)
{
    private readonly byte[] _buffer = new byte[SnapshotFormat.BufferSize];
    private readonly byte[] _text = new byte[byte.MaxValue];
    private int _position;
    private int _filled;

    /// <summary>Something was no field, or the file ended in the middle of one.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Octets that are left.</summary>
    public long Remaining { get; private set; } = length;

    public byte ReadByte()
    {
        Span<byte> octet = [0];
        ReadOctets(octet);
        return octet[0];
    }

    public void ReadOctets(Span<byte> destination)
    {
        if (IsBroken || destination.Length > Remaining)
        {
            Break();
            destination.Clear();
            return;
        }

        Remaining -= destination.Length;
        while (!destination.IsEmpty)
        {
            if (_position == _filled && !Fill())
            {
                Break();
                destination.Clear();
                return;
            }

            var ready = Math.Min(destination.Length, _filled - _position);
            _buffer.AsSpan(_position, ready).CopyTo(destination);
            _position += ready;
            destination = destination[ready..];
        }
    }

    public int ReadNumber()
    {
        var number = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var octet = ReadByte();
            number |= (uint)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return number <= int.MaxValue ? (int)number : Broken(0);
            }
        }

        return Broken(0);
    }

    /// <summary>How many items follow; a count that the rest of the file, or any object, cannot hold is none.</summary>
    /// <param name="smallest">Octets that an item has at least.</param>
    public int ReadCount(int smallest) =>
        ReadNumber() is var count && count <= SnapshotFormat.MostItems && (long)count * smallest <= Remaining ? count : Broken(0);

    /// <summary>Good until the next call.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var text = _text.AsSpan(0, ReadByte());
        ReadOctets(text);
        return text;
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadText());

    /// <summary>A domain name in presentation form; empty for none.</summary>
    public string ReadName()
    {
        var wire = ReadText();
        return wire.IsEmpty ? "" : WireName.TryMeasure(wire, out var length) && length == wire.Length ? WireName.ToText(wire) : Broken("");
    }

    public NetworkAddress ReadAddress() =>
        ReadText() is { Length: 4 or 16 } octets ? NetworkAddress.FromOctets(octets) : Broken(default(NetworkAddress));

    public void Break() => IsBroken = true;

    private T Broken<T>(T nothing)
    {
        Break();
        return nothing;
    }

    private bool Fill()
    {
        _position = 0;
        _filled = input.Read(_buffer);
        return _filled > 0;
    }
}
