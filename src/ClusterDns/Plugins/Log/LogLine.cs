using System.Buffers.Text;
using System.Text;
using ClusterDns.Operations;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Log;

/// <summary>A line while it is written; one for each thread, used again and again, so that a line costs no garbage.</summary>
internal sealed class LogLine
{
    private const int UsualSize = 1024;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private byte[] _octets = new byte[UsualSize];
    private int _length;

    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        _length += octets.Length;
    }

    /// <summary>Text of our own: ASCII.</summary>
    public void Append(string ascii) => _length += Encoding.ASCII.GetBytes(ascii, Room(ascii.Length));

    /// <summary>Somebody else's text, of any characters: those that would break the line are escaped.</summary>
    public void AppendText(string text)
    {
        var safe = PrintableText.Escape(text);
        _length += Encoding.UTF8.GetBytes(safe, Room(Encoding.UTF8.GetMaxByteCount(safe.Length)));
    }

    public void Append(int number)
    {
        Utf8Formatter.TryFormat(number, Room(11), out var written);
        _length += written;
    }

    public void AppendIf(bool condition, ReadOnlySpan<byte> octets)
    {
        if (condition)
        {
            Append(octets);
        }
    }

    /// <summary>A name in presentation form: whatever its octets, only printable ASCII comes out (RFC 4343, 2.1).</summary>
    public void AppendName(ReadOnlySpan<byte> wireName)
    {
        Span<char> text = stackalloc char[(WireName.MaxLength * 4) + 1];
        var length = WireName.Format(wireName, text);
        _length += Encoding.ASCII.GetBytes(text[..length], Room(length));
    }

    /// <summary>An address as RFC 3986 wants it in front of a port: IPv6 in brackets.</summary>
    public void Append(TransportAddress address) =>
        _length += AddressText.Write(address, Room(AddressText.MaxLength));

    /// <summary>Seconds with as many decimals as it takes, and their unit: <c>0.000210755s</c>.</summary>
    public void AppendSeconds(long nanoseconds)
    {
        var room = Room(32);
        Utf8Formatter.TryFormat(nanoseconds / NanosecondsPerSecond, room, out var written);
        var fraction = nanoseconds % NanosecondsPerSecond;
        if (fraction > 0)
        {
            room[written++] = (byte)'.';
            for (var digit = NanosecondsPerSecond / 10; fraction > 0; digit /= 10)
            {
                room[written++] = (byte)('0' + (fraction / digit));
                fraction %= digit;
            }
        }

        room[written++] = (byte)'s';
        _length += written;
    }

    private Span<byte> Room(int octets)
    {
        if (_length + octets > _octets.Length)
        {
            Array.Resize(ref _octets, Math.Max(_length + octets, _octets.Length * 2));
        }

        return _octets.AsSpan(_length);
    }
}
