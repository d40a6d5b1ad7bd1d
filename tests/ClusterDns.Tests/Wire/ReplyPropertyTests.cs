using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Replies of any records: read back by us and by a second opinion, cut at any limit, copied to another message.</summary>
internal sealed class ReplyPropertyTests
{
    private const int Iterations = 1_500;
    private const int Compressible = 0x4000;

    private static readonly Gen<byte[]> Queries =
        Gen.Select(DraftName.WholeNames, Gen.Bool).Select((name, hasOpt) =>
        {
            var packet = new PacketBuilder().Octets(name).UInt16(1).UInt16(1);
            return (hasOpt ? packet.Opt(1232) : packet).WithCounts(1, 0, 0, hasOpt ? 1 : 0).ToArray();
        });

    private static readonly Gen<(byte[] Query, DraftRecord[] Records)> Usual =
        Gen.Select(Queries, InOrder(DraftRecord.Usual.Array[0, 60]));

    private static readonly Gen<(byte[] Query, DraftRecord[] Records)> Large =
        Gen.Select(Queries, InOrder(DraftRecord.Large.Array[0, 60]));

    [Test]
    public void Finish_AnyRecords_AreReadBack() =>
        Usual.Sample(
            (query, records) =>
            {
                using var scene = new ReplyScene(query);
                var expected = Write(scene, records);
                return RecordLines.ByUs(scene.Finish(), scene.Reply.QuestionEnd).SequenceEqual(expected);
            },
            iter: Iterations);

    [Test]
    public void Finish_AnyRecordsUpTo64KiB_AreReadBackOrLeftOutFromOneOnWithTc() =>
        Large.Sample(
            (query, records) =>
            {
                using var scene = new ReplyScene(query);
                var expected = Write(scene, records);
                var lost = records.FirstOrDefault(record => record.IsPossible(scene.Name, Sent(scene))
                    && !expected.Contains(record.Expect(scene.Name, Sent(scene))));
                var packet = scene.Finish();
                return packet.Length <= MessageHeader.MaxMessageSize
                    && RecordLines.ByUs(packet, scene.Reply.QuestionEnd).SequenceEqual(expected)
                    && IsTruncated(packet) == lost is { Section: not Section.Additional };
            },
            iter: Iterations);

    [Test]
    public void Finish_AnyRecords_AreReadTheSameByTheSecondOpinion() =>
        Usual.Sample(
            (query, records) =>
            {
                using var scene = new ReplyScene(query);
                var expected = Write(scene, records);
                var packet = scene.Finish();
                return packet.Length >= Compressible
                    || (SecondOpinion.TryParse(packet, out var other)
                        && RecordLines.ByOther(other).SequenceEqual(expected)
                        && other.IsEDnsEnabled == scene.Reply.Edns.IsPresent);
            },
            iter: Iterations);

    [Test]
    public void UncompressedLength_OfAnyRecords_IsTheSumOfTheirOctets() =>
        Usual.Sample((query, records) =>
        {
            using var scene = new ReplyScene(query);
            var written = Write(scene, records);
            return scene.Reply.UncompressedLength == scene.Reply.QuestionEnd + UncompressedRecords(scene.Finish(), scene.Reply.QuestionEnd)
                && scene.Reply.Length <= scene.Reply.UncompressedLength
                && written.Count == scene.Reply.AnswerCount + scene.Reply.AuthorityCount + scene.Reply.AdditionalCount;
        });

    [Test]
    public void Finish_AnyLimit_KeepsAsManyWholeRecordsAsFit() =>
        Gen.Select(Usual, Gen.OneOf(Gen.Int[0, 600], Gen.Int[0, 5_000])).Sample(
            (records, limit) =>
            {
                using var scene = new ReplyScene(records.Query);
                var all = Write(scene, records.Records);
                var full = scene.Finish();
                var cut = scene.Finish(limit);
                var kept = RecordLines.ByUs(cut, scene.Reply.QuestionEnd);
                var opt = scene.Reply.FinishedLength - scene.Reply.Length;
                var hasAllRequired = kept.Count >= scene.Reply.AnswerCount + scene.Reply.AuthorityCount;
                return cut.Length <= Math.Max(limit, scene.Reply.QuestionEnd + opt)
                    && kept.SequenceEqual(all.Take(kept.Count))
                    && IsTruncated(cut) == !hasAllRequired
                    && scene.Reply.WillBeTruncated(limit) == !hasAllRequired
                    && cut.AsSpan((cut.Length - opt)..).SequenceEqual(full.AsSpan((full.Length - opt)..))
                    && (kept.Count == all.Count || EndOfNext(scene, kept.Count, hasAllRequired) + opt > limit)
                    && scene.Finish().SequenceEqual(full);
            },
            iter: Iterations);

    [Test]
    public void Adopt_AnyReply_IsTheSameReply() =>
        Gen.Select(Usual, Queries).Sample(
            (records, query) =>
            {
                using var upstream = new ReplyScene(records.Query);
                var expected = Write(upstream, records.Records);
                var packet = upstream.Finish();
                using var scene = new ReplyScene(query);
                return ReplyReader.TryRead(packet, out var fields)
                    && scene.Reply.Adopt(packet, fields)
                    && RecordLines.ByUs(scene.Finish(), scene.Reply.QuestionEnd).SequenceEqual(expected)
                    && scene.Reply.UncompressedLength - scene.Reply.QuestionEnd
                        == upstream.Reply.UncompressedLength - upstream.Reply.QuestionEnd;
            },
            iter: Iterations);

    private static Gen<DraftRecord[]> InOrder(Gen<DraftRecord[]> records) =>
        records.Select(all => all.OrderBy(record => record.Section).ToArray());

    /// <summary>Writes all records and gives the lines of those that were taken.</summary>
    private static List<string> Write(ReplyScene scene, DraftRecord[] records)
    {
        var lines = new List<string>();
        foreach (var record in records)
        {
            if (record.Write(scene.Reply, scene.Name))
            {
                lines.Add(record.Expect(scene.Name, Sent(scene)));
            }
        }

        return lines;
    }

    private static byte[] Sent(ReplyScene scene) => scene.Reply.QuestionName.ToArray();

    private static bool IsTruncated(byte[] packet) => (MessageHeader.Flags(packet) & MessageHeader.TruncatedFlag) != 0;

    // Of additional records, a whole RRset has to fit: what ends too late is the last record of the next one.
    private static int EndOfNext(ReplyScene scene, int index, bool isAdditional)
    {
        var all = new List<(RecordView Record, string Set)>();
        var records = scene.Reply.ReadRecords();
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        while (records.TryRead(out var record))
        {
            var position = record.Offset;
            NameReader.TryRead(scene.Reply.Message, ref position, name, out var length);
            all.Add((record, $"{WireName.ToText(name[..length]).ToUpperInvariant()} {record.Type}"));
        }

        while (isAdditional && index + 1 < all.Count && all[index + 1].Set == all[index].Set)
        {
            index++;
        }

        return all[index].Record.End;
    }

    private static int UncompressedRecords(byte[] packet, int questionEnd)
    {
        using var copy = new ReplyScene(new PacketBuilder().Question(".").ToArray());
        var total = 0;
        var records = new RecordReader(packet, questionEnd);
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        while (records.TryRead(out var record))
        {
            if (record.Type == RecordType.OPT)
            {
                continue;
            }

            var position = record.Offset;
            NameReader.TryRead(packet, ref position, name, out var owner);
            total += owner + 10;
            var prefix = record.Type == RecordType.SRV ? 6 : 0;
            var names = record.Type switch
            {
                RecordType.SOA => 2,
                RecordType.NS or RecordType.CNAME or RecordType.PTR or RecordType.SRV => 1,
                _ => 0,
            };
            position = record.DataOffset + prefix;
            total += prefix;
            for (var i = 0; i < names; i++)
            {
                NameReader.TryRead(packet, ref position, name, out var length);
                total += length;
            }

            total += record.End - position;
        }

        return total;
    }
}
