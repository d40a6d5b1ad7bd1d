using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

internal sealed class RecordReaderTests
{
    private const int Start = 19;

    private static readonly byte[] Packet = new PacketBuilder()
        .Question("q.")
        .Pointer(12).Record(Section.Answer, RecordType.A, 5, [10, 0, 0, 1])
        .Name("a").Pointer(12).Record(Section.Answer, RecordType.TXT, 0x80000001, [])
        .Name("b.").Record(Section.Authority, (RecordType)65280, 0, [1, 2, 3])
        .Opt(1232)
        .ToArray();

    [Test]
    public void TryRead_Records_GivesWhereTheyLie()
    {
        var records = new RecordReader(Packet, Start);
        var all = new List<RecordView>();
        while (records.TryRead(out var record))
        {
            all.Add(record);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Is.EqualTo(new[]
            {
                new RecordView(Section.Answer, 19, RecordType.A, RecordClass.IN, 5, 31, 4),
                new RecordView(Section.Answer, 35, RecordType.TXT, RecordClass.IN, 0x80000001, 49, 0),
                new RecordView(Section.Authority, 49, (RecordType)65280, RecordClass.IN, 0, 62, 3),
                new RecordView(Section.Additional, 65, RecordType.OPT, (RecordClass)1232, 0, 76, 0),
            }));
            Assert.That(records.IsMalformed, Is.False);
            Assert.That(records.Position, Is.EqualTo(Packet.Length));
            Assert.That(records.TryRead(out _), Is.False);
            Assert.That(all[2].Data(Packet).ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(all[2].TimeToLiveOffset, Is.EqualTo(56));
        }
    }

    [Test]
    public void TryRead_PacketCutAnywhere_GivesWholeRecordsThenMalformed()
    {
        foreach (var cut in PacketShapes.Cuts(Packet).Skip(Start))
        {
            var records = new RecordReader(cut, Start);
            while (records.TryRead(out var record))
            {
                Assert.That(record.End, Is.LessThanOrEqualTo(cut.Length));
            }

            Assert.That(records.IsMalformed, Is.True, $"{cut.Length} octets");
        }
    }

    [Test]
    public void TryRead_PacketWithJunk_StopsBehindTheLastRecord()
    {
        foreach (var packet in PacketShapes.WithJunk(Packet))
        {
            var records = new RecordReader(packet, Start);
            while (records.TryRead(out _))
            {
            }

            Assert.That((records.IsMalformed, records.Position), Is.EqualTo((false, Packet.Length)));
        }
    }

    [Test]
    public void TryRead_NoRecords_IsAtItsEnd()
    {
        var records = new RecordReader(new PacketBuilder().ToArray(), MessageHeader.Size);

        Assert.That((records.TryRead(out _), records.IsMalformed), Is.EqualTo((false, false)));
    }

    // 196,605 records that are not there: each read must fail at once, not once for every record promised.
    [Test]
    public void TryRead_CountsOfAnEmptyBody_StopAtTheFirst()
    {
        var packet = new PacketBuilder().WithCounts(0, 65535, 65535, 65535).ToArray();
        var reads = 0;
        var records = new RecordReader(packet, MessageHeader.Size);
        while (records.TryRead(out _))
        {
            reads++;
        }

        Assert.That((reads, records.IsMalformed), Is.EqualTo((0, true)));
    }

    [TestCase("41 00")]
    [TestCase("80 00")]
    [TestCase("3F 00")]
    public void TryRead_OwnerThatIsNoName_IsMalformed(string owner)
    {
        var packet = new PacketBuilder()
            .Octets(AnnotatedHex.Parse(owner)).Record(Section.Answer, RecordType.A, 5, [10, 0, 0, 1])
            .ToArray();
        var records = new RecordReader(packet, MessageHeader.Size);

        Assert.That((records.TryRead(out _), records.IsMalformed), Is.EqualTo((false, true)));
    }
}
