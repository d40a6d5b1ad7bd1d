using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Near 64 KiB: what fits is kept to the last octet.</summary>
internal sealed class ReplyLimitTests
{
    // A record with a pointer as owner takes so many octets besides its rdata.
    private const int Fixed = 12;
    private const int Largest = 65_535;

    [TestCase(false)]
    [TestCase(true)]
    public void Add_RecordThatFillsTheMessage_IsKept(bool hasOpt)
    {
        using var scene = Scene(hasOpt);

        var isAdded = AddNull(scene.Reply, Section.Answer, FreeOctets(scene) - Fixed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.True);
            Assert.That(scene.Reply.IsTruncated, Is.False);
            Assert.That(scene.Finish(), Has.Length.EqualTo(Largest));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Add_RecordOneOctetTooLarge_IsLeftOutAndSetsTc(bool hasOpt)
    {
        using var scene = Scene(hasOpt);
        AddNull(scene.Reply, Section.Answer, 1_000);
        var (length, uncompressed) = (scene.Reply.Length, scene.Reply.UncompressedLength);

        var isAdded = AddNull(scene.Reply, Section.Answer, FreeOctets(scene) - Fixed + 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.False);
            Assert.That(scene.Reply.IsTruncated, Is.True);
            Assert.That(scene.Reply.AnswerCount, Is.EqualTo(1));
            Assert.That(scene.Reply.Length, Is.EqualTo(length));
            Assert.That(scene.Reply.UncompressedLength, Is.EqualTo(uncompressed));
            Assert.That(MessageHeader.Flags(scene.Finish()) & MessageHeader.TruncatedFlag, Is.Not.Zero);
        }
    }

    [Test]
    public void Add_SmallerRecordBehindOneThatDidNotFit_IsLeftOutToo()
    {
        using var scene = Scene(hasOpt: false);
        AddNull(scene.Reply, Section.Answer, 40_000);
        AddNull(scene.Reply, Section.Answer, 40_000);

        Assert.That(AddNull(scene.Reply, Section.Answer, 1), Is.False);
    }

    [Test]
    public void Add_AdditionalRecordThatDoesNotFit_SetsNoTc()
    {
        using var scene = Scene(hasOpt: false);
        AddNull(scene.Reply, Section.Answer, 40_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(AddNull(scene.Reply, Section.Additional, 40_000), Is.False);
            Assert.That(scene.Reply.IsTruncated, Is.False);
            Assert.That(AddNull(scene.Reply, Section.Additional, 1), Is.False);
        }
    }

    [TestCase(65_536)]
    [TestCase(1_000_000)]
    public void AddRaw_MoreDataThanARecordHolds_IsLeftOut(int size)
    {
        using var scene = Scene(hasOpt: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(AddNull(scene.Reply, Section.Answer, size), Is.False);
            Assert.That(scene.Finish(), Has.Length.EqualTo(scene.Reply.QuestionEnd));
        }
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void AddName_TargetThatFitsOnlyCompressed_IsMeasuredCompressed(int tooMany, bool expected)
    {
        using var scene = Scene(hasOpt: true);
        AddNull(scene.Reply, Section.Answer, FreeOctets(scene) - Fixed - Fixed - 2 + tooMany);

        Assert.That(scene.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, NameParts.Question), Is.EqualTo(expected));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void AddStartOfAuthority_AtTheEnd_IsMeasuredWithBothNames(int tooMany, bool expected)
    {
        using var scene = Scene(hasOpt: true);
        var names = ReplyScene.Octets(string.Concat(Enumerable.Repeat("b.", 127)));
        AddNull(scene.Reply, Section.Answer, FreeOctets(scene) - Fixed - Fixed - 255 - 255 - 20 + tooMany);

        var isAdded = scene.Reply.AddStartOfAuthority(
            Section.Authority, NameParts.Question, 5, NameParts.Whole(names), NameParts.Whole(names), default);

        Assert.That(isAdded, Is.EqualTo(expected));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void AddCopy_AtTheEnd_IsMeasuredAsItIsWrittenHere(int tooMany, bool expected)
    {
        // A CNAME whose target is 63 octets there and a pointer here.
        var target = $"{new string('t', 30)}.{new string('u', 30)}.";
        var source = new PacketBuilder()
            .Question(target)
            .Name("q.").Record(Section.Answer, RecordType.CNAME, 5, ReplyScene.Octets(target))
            .ToArray();
        using var scene = ReplyScene.Of(target, udpSize: 1232);
        var records = new RecordReader(source, scene.Reply.QuestionEnd);
        records.TryRead(out var record);
        AddNull(scene.Reply, Section.Answer, FreeOctets(scene) - Fixed - (3 + 10) - 2 + tooMany);

        Assert.That(scene.Reply.AddCopy(Section.Answer, source, record), Is.EqualTo(expected));
    }

    [Test]
    public void Span_TakenBeforeTheMessageGrew_ReadsTheSameOctets()
    {
        using var scene = ReplyScene.Of("some.name.example.");
        var reply = scene.Reply;
        reply.AddAddress(Section.Answer, NameParts.Question, 5, [10, 0, 0, 1]);
        var question = reply.QuestionName;
        ReadOnlySpan<byte> message = reply.Message;
        var (questionBefore, messageBefore) = (question.ToArray(), message.ToArray());

        AddNull(reply, Section.Answer, 60_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(question.SequenceEqual(questionBefore), Is.True);
            Assert.That(message.SequenceEqual(messageBefore), Is.True);
            Assert.That(reply.Message[..message.Length].SequenceEqual(messageBefore), Is.True);
        }
    }

    [Test]
    public void AddCopy_OfItsOwnRecordsWhileItGrows_RepeatsThem()
    {
        using var scene = ReplyScene.Of("q.example.");
        var reply = scene.Reply;
        reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, ReplyScene.Whole("target.example."));
        AddNull(reply, Section.Answer, 1_900);
        ReadOnlySpan<byte> source = reply.Message;
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            Assert.That(reply.AddCopy(Section.Answer, source, record), Is.True);
        }

        var all = reply.ReadRecords();
        var sizes = new List<int>();
        while (all.TryRead(out var record))
        {
            sizes.Add(record.DataLength);
        }

        Assert.That(sizes, Is.EqualTo(new[] { 9, 1_900, 2, 1_900 }));
    }

    private static ReplyScene Scene(bool hasOpt) => ReplyScene.Of("q.example.", hasOpt ? 1232 : null);

    private static int FreeOctets(ReplyScene scene) => Largest - scene.Reply.FinishedLength;

    private static bool AddNull(Reply reply, Section section, int size) =>
        reply.AddRaw(section, NameParts.Question, RecordType.NULL, RecordClass.IN, 5, new byte[size]);
}
