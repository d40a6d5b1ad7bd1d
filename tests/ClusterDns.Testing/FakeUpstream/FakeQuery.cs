using System.Buffers.Binary;
using System.Net;
using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>A query that a <see cref="FakeUpstream"/> has received, and the replies that one may want to give it.</summary>
/// <param name="Message">The whole message.</param>
/// <param name="Protocol">How it came.</param>
/// <param name="Client">Where it came from; the port is the interesting part.</param>
/// <param name="Connection">Number of its connection, from 1; 0 over UDP.</param>
internal sealed record FakeQuery(byte[] Message, FakeProtocol Protocol, IPEndPoint Client, int Connection)
{
    private FakeTable? _table;

    public ushort Id => MessageHeader.Id(Message);

    /// <summary>Name, type and class as they were sent.</summary>
    public ReadOnlySpan<byte> Question => Message.AsSpan(MessageHeader.Size, NameLength + MessageHeader.QuestionFixedPart);

    /// <summary>As it was sent, letter case included, with the final dot.</summary>
    public string Name => WireName.ToText(Question[..NameLength]);

    public RecordType Type => (RecordType)BinaryPrimitives.ReadUInt16BigEndian(Question[NameLength..]);

    public RecordClass Class => (RecordClass)BinaryPrimitives.ReadUInt16BigEndian(Question[(NameLength + 2)..]);

    /// <summary>The OPT record's payload size; 0 if there is none.</summary>
    public int UdpSize => Opt is { } opt ? (ushort)opt.Class : 0;

    public bool IsDnssecOk => Opt is { } opt && (opt.TimeToLive & Edns.DnssecOkBit) != 0;

    /// <summary>Exactly one question, and it is whole. A message without is not answered.</summary>
    internal bool HasQuestion =>
        Message.Length >= MessageHeader.Size
        && MessageHeader.QuestionCount(Message) == 1
        && WireName.TryMeasure(Message.AsSpan(MessageHeader.Size), out var length)
        && MessageHeader.Size + length + MessageHeader.QuestionFixedPart <= Message.Length;

    private int NameLength => WireName.TryMeasure(Message.AsSpan(MessageHeader.Size), out var length)
        ? length
        : throw new FormatException("The query asks for no name");

    private RecordView? Opt
    {
        get
        {
            var records = new RecordReader(Message, MessageHeader.Size + Question.Length);
            while (records.TryRead(out var record))
            {
                if (record.Type == RecordType.OPT)
                {
                    return record;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// What the upstream's own records say, as a resolver would: aliases followed, NXDOMAIN or NODATA with a SOA, cut
    /// with TC for a client over UDP that takes no more.
    /// </summary>
    public byte[] FromTable() => _table!.Answer(this);

    /// <summary>A reply with these records: <c>example.org. 30 A 192.0.2.1</c>.</summary>
    public byte[] Answer(params string[] records) =>
        new FakeReply(this) { Answers = [.. records.Select(FakeRecord.Parse)] }.ToArray();

    /// <summary>A reply without records.</summary>
    public byte[] Fail(ResponseCode code) => new FakeReply(this) { Code = code }.ToArray();

    /// <summary>A reply that says only that it should be asked over TCP.</summary>
    public byte[] Truncated() => new FakeReply(this) { IsTruncated = true }.ToArray();

    public override string ToString() => $"{Name} {Class} {Type} over {Protocol} from {Client}";

    internal FakeQuery With(FakeTable table)
    {
        _table = table;
        return this;
    }
}
