using System.Buffers.Binary;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>The options of the query's OPT record while they are rewritten.</summary>
internal sealed class OptionsDraft
{
    /// <summary>Octets that the options may grow to; a client's own may be more and are then only passed on.</summary>
    public const int MaxLength = 8192;

    private const int HeaderSize = 4;

    private byte[] _octets = [];
    private int _length;

    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _length);

    public void Set(ReadOnlySpan<byte> options)
    {
        _length = 0;
        Append(options);
    }

    /// <summary>False when there is no room.</summary>
    public bool TryAdd(ushort code, ReadOnlySpan<byte> data)
    {
        if (_length + HeaderSize + data.Length > MaxLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteUInt16BigEndian(header, code);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)data.Length);
        Append(header);
        Append(data);
        return true;
    }

    /// <summary>Gives the first option of a code other data, at the end; false when there is none or no room.</summary>
    public bool TryReplace(ushort code, ReadOnlySpan<byte> data)
    {
        if (!TryFind(code, out var start, out var end) || _length - (end - start) + HeaderSize + data.Length > MaxLength)
        {
            return false;
        }

        Cut(start, end);
        return TryAdd(code, data);
    }

    /// <summary>Takes all options of a code out; false when there is none.</summary>
    public bool TryRemove(ushort code)
    {
        var isFound = false;
        while (TryFind(code, out var start, out var end))
        {
            Cut(start, end);
            isFound = true;
        }

        return isFound;
    }

    // They were looked at when the query was read: every option is whole.
    private bool TryFind(ushort code, out int start, out int end)
    {
        start = 0;
        end = 0;
        while (start < _length)
        {
            end = start + HeaderSize + BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(start + 2));
            if (BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(start)) == code)
            {
                return true;
            }

            start = end;
        }

        return false;
    }

    private void Cut(int start, int end)
    {
        _octets.AsSpan(end, _length - end).CopyTo(_octets.AsSpan(start));
        _length -= end - start;
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (_length + octets.Length > _octets.Length)
        {
            Array.Resize(ref _octets, Math.Max(_length + octets.Length, MaxLength));
        }

        octets.CopyTo(_octets.AsSpan(_length));
        _length += octets.Length;
    }
}
