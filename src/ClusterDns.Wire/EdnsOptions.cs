using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>Walks the options in an OPT record's rdata (RFC 6891, 6.1.2).</summary>
public ref struct EdnsOptions(ReadOnlySpan<byte> options)
{
    /// <summary>Octets in front of an option's data: code and length.</summary>
    internal const int OptionHeaderSize = 4;

    private ReadOnlySpan<byte> _rest = options;

    /// <summary>Set when the walk ended at an option that overruns the record.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>The next option; false at the end and at the first malformed one.</summary>
    public bool TryRead(out ushort code, out ReadOnlySpan<byte> data)
    {
        code = 0;
        data = default;
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        var length = _rest.Length < OptionHeaderSize
            ? int.MaxValue
            : BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
        if (length > _rest.Length - OptionHeaderSize)
        {
            IsMalformed = true;
            return false;
        }

        code = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        data = _rest.Slice(OptionHeaderSize, length);
        _rest = _rest[(OptionHeaderSize + length)..];
        return true;
    }
}
