using ARSoft.Tools.Net.Dns;
using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;
using RecordType = ClusterDns.Wire.RecordType;

namespace ClusterDns.Tests.Wire;

/// <summary>Queries of every kind, right and damaged, beside a second opinion.</summary>
internal sealed class QueryReaderPropertyTests
{
    private const int Iterations = 3_000;

    private static readonly Gen<byte[]> Options =
        Gen.Select(Gen.UShort[100, 65535], Gen.Byte.Array[0, 20]).Array[0, 3].Select(options =>
            options.SelectMany(option => new PacketBuilder()
                .UInt16(option.Item1).UInt16(option.Item2.Length).Octets(option.Item2).ToArray()[MessageHeader.Size..]).ToArray());

    private static readonly Gen<byte[]> Queries =
        Gen.Select(NameGenerators.Ascii, Gen.UShort, Gen.UShort, Gen.UShort, Gen.UShort, Gen.UInt, Options, Gen.Int[0, 2])
            .Select((name, flags, type, recordClass, size, field, options, form) =>
            {
                // QR and opcode are zero.
                var packet = new PacketBuilder((ushort)(flags & 0x07FF)).Octets(name).UInt16(type).UInt16(recordClass);
                if (form > 1)
                {
                    packet.Pointer(12).Record(Section.Additional, (RecordType)65280, 5, [1, 2, 3]);
                }

                return (form > 0 ? packet.Opt(size, field & 0xFF00FFFF, options) : packet).WithCounts(1, 0, 0, form).ToArray();
            });

    [Test]
    public void Read_AnyWholeQuery_IsReadAsTheSecondOpinionReadsIt() =>
        Queries.Sample(
            packet =>
            {
                var name = new QuestionName();
                return QueryReader.Read(packet, name, out var query) == QueryVerdict.Accepted
                    && SecondOpinion.TryParse(packet, out var other)
                    && IsSame(packet, name, query, other);
            },
            iter: Iterations);

    [Test]
    public void Read_AnyDamagedQuery_IsRefusedOrReadAsTheSecondOpinionReadsIt() =>
        Gen.Select(Queries, PacketDamage.Any).Sample(
            (query, damage) =>
            {
                var packet = damage.Apply(query);
                var name = new QuestionName();
                return QueryReader.Read(packet, name, out var fields) is not (QueryVerdict.Accepted or QueryVerdict.BadVersion)
                    || packet.AsSpan(MessageHeader.Size, name.Length).ContainsAnyExceptInRange((byte)0, (byte)0x7F)
                    || !SecondOpinion.TryParse(packet, out var other)
                    || IsSame(packet, name, fields, other);
            },
            iter: Iterations);

    [Test]
    public void Read_AnyOctets_GivesAVerdict() =>
        Gen.Byte.Array[0, 100].Sample(packet =>
        {
            var verdict = QueryReader.Read(packet, new QuestionName(), out var query);
            return verdict is QueryVerdict.Accepted or QueryVerdict.BadVersion
                ? query.QuestionEnd <= packet.Length
                : query == default;
        });

    private static bool IsSame(byte[] packet, QuestionName name, in QueryFields query, DnsMessage other) =>
        query.Id == other.TransactionID
        && other is { IsQuery: true, OperationCode: OperationCode.Query, Questions: [var question] }
        && (query.Flags & MessageHeader.RecursionDesiredFlag) != 0 == other.IsRecursionDesired
        && (query.Flags & MessageHeader.CheckingDisabledFlag) != 0 == other.IsCheckingDisabled
        && (query.Flags & MessageHeader.AuthenticDataFlag) != 0 == other.IsAuthenticData
        && (int)query.Type == (int)question.RecordType
        && (int)query.Class == (int)question.RecordClass
        && packet.AsSpan(MessageHeader.Size, name.Length).SequenceEqual(SecondOpinion.Octets(question.Name))
        && query.Edns.IsPresent == other.IsEDnsEnabled
        && (other.EDnsOptions is not { } opt || IsSame(packet, query.Edns, opt));

    private static bool IsSame(byte[] packet, in Edns edns, OptRecord opt) =>
        edns.PayloadSize == opt.UdpPayloadSize
        && edns.DnssecOk == opt.IsDnsSecOk
        && edns.Version == opt.Version
        && CountOptions(edns.Options(packet)) == opt.Options.Count;

    private static int CountOptions(EdnsOptions options)
    {
        var count = 0;
        while (options.TryRead(out _, out _))
        {
            count++;
        }

        return count;
    }
}
