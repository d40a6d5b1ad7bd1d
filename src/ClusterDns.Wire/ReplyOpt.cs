using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>The OPT record of a reply: there when the client sent one, with the options that plugins have to say.</summary>
internal sealed class ReplyOpt
{
    /// <summary>Octets that all options of a reply may fill together.</summary>
    public const int MostOptions = 512;

    // The first option of the first reply that has one allocates this.
    private byte[] _options = [];
    private int _length;

    public Edns Client { get; private set; }

    /// <summary>Octets of the record without options; 0 when the client sent none.</summary>
    public int BareSize => Client.IsPresent ? Edns.RecordSize : 0;

    /// <summary>Octets of the record with all options; 0 when the client sent none.</summary>
    public int Size => BareSize + _length;

    public EdnsOptions Options => new(_options.AsSpan(0, _length));

    public void Begin(in Edns client)
    {
        Client = client;
        Clear();
    }

    public void Clear() => _length = 0;

    /// <summary>False when the client sent no OPT record or the options fill their bound.</summary>
    public bool TryAdd(ushort code, ReadOnlySpan<byte> data)
    {
        var size = EdnsOptions.OptionHeaderSize + data.Length;
        if (!Client.IsPresent || size > MostOptions - _length)
        {
            return false;
        }

        if (_options.Length == 0)
        {
            _options = GC.AllocateUninitializedArray<byte>(MostOptions);
        }

        var option = _options.AsSpan(_length, size);
        BinaryPrimitives.WriteUInt16BigEndian(option, code);
        BinaryPrimitives.WriteUInt16BigEndian(option[2..], (ushort)data.Length);
        data.CopyTo(option[EdnsOptions.OptionHeaderSize..]);
        _length += size;
        return true;
    }

    /// <summary>
    /// Writes the record and gives its octets. The size that the client named is echoed and DO is copied, all other bits
    /// are zero (RFC 6891, 6.1.4).
    /// </summary>
    public int Write(Span<byte> destination, ResponseCode code, bool withOptions)
    {
        if (!Client.IsPresent)
        {
            return 0;
        }

        var options = _options.AsSpan(0, withOptions ? _length : 0);
        options.CopyTo(destination[Edns.RecordSize..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[9..], (ushort)options.Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[5..], Edns.TimeToLive(code, Client.DnssecOk));
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], Client.PayloadSize);
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)RecordType.OPT);
        destination[0] = 0;
        return Edns.RecordSize + options.Length;
    }
}
