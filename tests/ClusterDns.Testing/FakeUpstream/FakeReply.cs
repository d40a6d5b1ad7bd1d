using System.Buffers.Binary;
using ClusterDns.Testing.Packets;
using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>A reply to a query in the making: the question repeated, RA set, an OPT record if the query had one.</summary>
internal sealed class FakeReply(FakeQuery query)
{
    private const int PayloadSize = 1232;

    public ResponseCode Code { get; init; }

    public bool IsTruncated { get; init; }

    public IReadOnlyList<FakeRecord> Answers { get; init; } = [];

    public IReadOnlyList<FakeRecord> Authorities { get; init; } = [];

    public byte[] ToArray()
    {
        var packet = new PacketBuilder(Flags()).Octets(query.Question);
        Write(packet, Section.Answer, Answers);
        Write(packet, Section.Authority, Authorities);
        var hasOpt = query.UdpSize > 0;
        if (hasOpt)
        {
            packet.Opt(PayloadSize, query.IsDnssecOk ? Edns.DnssecOkBit : 0);
        }

        var reply = packet.WithCounts(1, Answers.Count, Authorities.Count, hasOpt ? 1 : 0).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(reply, query.Id);
        return reply;
    }

    private static void Write(PacketBuilder packet, Section section, IReadOnlyList<FakeRecord> records)
    {
        foreach (var record in records)
        {
            packet.Octets(record.Owner).Record(section, record.Type, record.TimeToLive, record.Data);
        }
    }

    private ushort Flags()
    {
        const ushort Kept = MessageHeader.RecursionDesiredFlag | MessageHeader.CheckingDisabledFlag;
        var flags = MessageHeader.ResponseFlag
            | MessageHeader.RecursionAvailableFlag
            | (MessageHeader.Flags(query.Message) & Kept)
            | MessageHeader.WithResponseCode(Code)
            | (IsTruncated ? MessageHeader.TruncatedFlag : 0);
        return (ushort)flags;
    }
}
