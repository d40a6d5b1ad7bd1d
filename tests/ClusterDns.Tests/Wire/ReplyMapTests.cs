using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Records copied with other names in them.</summary>
internal sealed class ReplyMapTests
{
    private const int Iterations = 1_000;

    [TestCase(RecordType.A, "0A 00 00 01", "0:far.x.")]
    [TestCase(RecordType.CNAME, "C0 10", "0:far.x. 1:x.")]
    [TestCase(RecordType.MX, "00 01 C0 0C", "0:far.x. 1:far.x.")]
    [TestCase(RecordType.SRV, "00 01 00 02 00 03 C0 10", "0:far.x. 1:x.")]
    [TestCase(RecordType.RP, "C0 10 C0 0C", "0:far.x. 1:x. 2:far.x.")]
    [TestCase(RecordType.NAPTR, "00 01 00 02 00 00 00 C0 10", "0:far.x. 1:x.")]
    [TestCase(RecordType.TXT, "02 C0 0C", "0:far.x.")]
    public void AddCopy_Mapped_AsksForEachName(RecordType type, string data, string expected)
    {
        using var scene = ReplyScene.Of("q.x.");
        var map = new Map(_ => true);

        var isAdded = Copy(scene, type, AnnotatedHex.Parse(data), map);

        Assert.That((isAdded, string.Join(' ', map.Asked)), Is.EqualTo((true, expected)));
    }

    [Test]
    public void AddCopy_MappedToOtherLengths_IsReadBack()
    {
        using var scene = ReplyScene.Of("q.x.");
        var map = new Map(name =>
        {
            var longer = ReplyScene.Octets("much.longer.q.x.");
            longer.CopyTo(name.Octets);
            name.Length = longer.Length;
            return true;
        });

        Copy(scene, RecordType.CNAME, [0xC0, 12], map);

        Assert.That(
            RecordLines.ByUs(scene.Finish(), scene.Reply.QuestionEnd),
            Is.EqualTo(new[] { "Answer much.longer.q.x. 5 CNAME much.longer.q.x." }));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void AddCopy_WithoutANameForIt_LeavesNoTrace(int refused)
    {
        using var scene = ReplyScene.Of("q.x.");
        Copy(scene, RecordType.RP, [0xC0, 12, 0xC0, 12], new Map(_ => true));
        var before = scene.Finish();

        var isAdded = Copy(scene, RecordType.RP, [1, (byte)'n', 0xC0, 12, 0xC0, 16], new Map(name => name.Index != refused));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.False);
            Assert.That(scene.Finish(), Is.EqualTo(before));
            Assert.That(scene.Reply.IsTruncated, Is.False);
        }
    }

    [Test]
    public void AddCopy_WithNamesLeftAlone_IsTheCopyWithoutMap() =>
        Gen.Select(DraftName.WholeNames, DraftRecord.Usual.Array[0, 40]).Sample(
            (name, records) =>
            {
                var packet = new PacketBuilder().Octets(name).UInt16(1).UInt16(1).WithCounts(1, 0, 0, 0).ToArray();
                using var source = new ReplyScene(packet);
                foreach (var record in records.OrderBy(record => record.Section))
                {
                    record.Write(source.Reply, source.Name);
                }

                using var plain = new ReplyScene(packet);
                using var mapped = new ReplyScene(packet);
                var map = new Map(_ => true);
                var reader = source.Reply.ReadRecords();
                while (reader.TryRead(out var record))
                {
                    plain.Reply.AddCopy(record.Section, source.Reply.Message, record);
                    mapped.Reply.AddCopy(record.Section, source.Reply.Message, record, map);
                }

                return plain.Finish().AsSpan().SequenceEqual(mapped.Finish());
            },
            iter: Iterations);

    [Test]
    public void AddCopy_DamagedRecordsWithTheLongestNames_FillsTheMessageAndThrowsNothing() =>
        Gen.Select(DraftRecord.Large.Array[1, 20], PacketDamage.Any).Sample(
            (records, damage) =>
            {
                using var source = ReplyScene.Of("q.x.");
                foreach (var record in records.OrderBy(record => record.Section))
                {
                    record.Write(source.Reply, source.Name);
                }

                var packet = damage.Apply(source.Finish());
                using var scene = ReplyScene.Of("q.x.");
                var map = new Longest();
                for (var copies = 0; copies < 10 && packet.Length > scene.Reply.QuestionEnd; copies++)
                {
                    var reader = new RecordReader(packet, scene.Reply.QuestionEnd);
                    while (reader.TryRead(out var record))
                    {
                        scene.Reply.AddCopy(Section.Answer, packet, record, map);
                    }
                }

                var finished = scene.Finish();
                return finished.Length <= MessageHeader.MaxMessageSize
                    && ReplyReader.TryRead(finished, out _);
            },
            iter: Iterations / 4);

    private static bool Copy(ReplyScene scene, RecordType type, byte[] data, INameMap map)
    {
        var source = new PacketBuilder(0x8180).Question("far.x.").Pointer(12).Record(Section.Answer, type, 5, data).ToArray();
        var records = new RecordReader(source, 12 + 7 + 4);
        Assert.That(records.TryRead(out var record), Is.True);
        return scene.Reply.AddCopy(Section.Answer, source, record, map);
    }

    private sealed class MappedName(int index, byte[] octets, int length)
    {
        public int Index => index;

        public byte[] Octets => octets;

        public int Length { get; set; } = length;
    }

    private sealed class Map(Func<MappedName, bool> map) : INameMap
    {
        public List<string> Asked { get; } = [];

        public bool TryMap(in RecordView record, int index, Span<byte> name, ref int length)
        {
            Asked.Add($"{index}:{WireName.ToText(name[..length])}");
            var mapped = new MappedName(index, name.ToArray(), length);
            var isMapped = map(mapped);
            mapped.Octets.CopyTo(name);
            length = mapped.Length;
            return isMapped;
        }
    }

    /// <summary>Makes of each name one of 255 octets that shares nothing with the others.</summary>
    private sealed class Longest : INameMap
    {
        private byte _next;

        public bool TryMap(in RecordView record, int index, Span<byte> name, ref int length)
        {
            name.Fill(_next++);
            for (var at = 0; at < WireName.MaxLength - 1; at += 2)
            {
                name[at] = 1;
            }

            name[WireName.MaxLength - 1] = 0;
            length = WireName.MaxLength;
            return true;
        }
    }
}
