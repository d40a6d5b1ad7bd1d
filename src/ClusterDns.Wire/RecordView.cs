namespace ClusterDns.Wire;

/// <summary>Where one resource record lies in its message: offsets from the start of the message.</summary>
public readonly record struct RecordView(
    Section Section,
    int Offset,
    RecordType Type,
    RecordClass Class,
    uint TimeToLive,
    int DataOffset,
    int DataLength)
{
    /// <summary>Octets between owner and rdata: TYPE, CLASS, TTL and RDLENGTH.</summary>
    internal const int FixedPart = 10;

    /// <summary>First octet behind the record.</summary>
    public int End => DataOffset + DataLength;

    /// <summary>Where the TTL's four octets stand: in front of RDLENGTH and RDATA.</summary>
    public int TimeToLiveOffset => DataOffset - 6;

    public ReadOnlySpan<byte> Data(ReadOnlySpan<byte> message) => message.Slice(DataOffset, DataLength);
}
