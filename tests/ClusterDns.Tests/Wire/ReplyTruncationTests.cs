using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>What is left out when the client takes less than there is.</summary>
internal sealed class ReplyTruncationTests
{
    // Header, question "q.", OPT; an A record with a pointer as owner.
    private const int Question = 12 + 3 + 4;
    private const int Address = 16;

    [TestCase(Question + Edns.RecordSize + (4 * Address), 4, "")]
    [TestCase(Question + Edns.RecordSize + (4 * Address) - 1, 3, "TC")]
    [TestCase(Question + Edns.RecordSize + Address, 1, "TC")]
    [TestCase(Question + Edns.RecordSize + Address - 1, 0, "TC")]
    [TestCase(Question + Edns.RecordSize, 0, "TC")]
    [TestCase(Question, 0, "TC")]
    [TestCase(0, 0, "TC")]
    [TestCase(-1, 0, "TC")]
    [TestCase(int.MinValue, 0, "TC")]
    public void Finish_AnswersThatDoNotFit_AreCutAtARecordWithTc(int limit, int answers, string flags)
    {
        using var scene = ReplyScene.Of("q.", udpSize: 1232);
        AddAddresses(scene.Reply, Section.Answer, "q.", 4);

        var reply = Decode(scene, limit, out var octets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Answer, Has.Count.EqualTo(answers));
            Assert.That(reply.Flags.Contains("TC"), Is.EqualTo(flags == "TC"));
            Assert.That(reply.Edns, Is.EqualTo("1232"));
            Assert.That(octets, Is.EqualTo(Question + Edns.RecordSize + (answers * Address)));
            Assert.That(scene.Reply.WillBeTruncated(limit), Is.EqualTo(reply.IsTruncated));
        }
    }

    [Test]
    public void Finish_AuthorityThatDoesNotFit_SetsTcAndKeepsAnswers()
    {
        using var scene = ReplyScene.Of("q.");
        AddAddresses(scene.Reply, Section.Answer, "q.", 1);
        scene.Reply.AddRaw(Section.Authority, NameParts.Question, RecordType.NULL, RecordClass.IN, 5, new byte[600]);
        AddAddresses(scene.Reply, Section.Additional, "q.", 1);

        var reply = Decode(scene, 512, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((reply.Answer.Count, reply.Authority.Count, reply.Additional.Count), Is.EqualTo((1, 0, 0)));
            Assert.That(reply.IsTruncated, Is.True);
        }
    }

    [Test]
    public void Finish_AdditionalsThatDoNotFit_GoSilently()
    {
        using var scene = ReplyScene.Of("q.");
        AddAddresses(scene.Reply, Section.Answer, "q.", 2);
        AddAddresses(scene.Reply, Section.Additional, "a.", 1);
        AddAddresses(scene.Reply, Section.Additional, "b.", 1);
        AddAddresses(scene.Reply, Section.Additional, "c.", 1);

        var reply = Decode(scene, scene.Reply.FinishedLength - 1, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Answer, Has.Count.EqualTo(2));
            Assert.That(reply.Additional, Is.EqualTo(new[] { "a. 5 A 10.0.0.0", "b. 5 A 10.0.0.0" }));
            Assert.That(reply.IsTruncated, Is.False);
        }
    }

    [Test]
    public void Finish_PartOfAnAdditionalRRset_GoesAsAWhole()
    {
        using var scene = ReplyScene.Of("q.");
        AddAddresses(scene.Reply, Section.Additional, "a.", 2);
        AddAddresses(scene.Reply, Section.Additional, "b.", 3);
        AddAddresses(scene.Reply, Section.Additional, "c.", 1);
        var full = scene.Reply.FinishedLength;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Decode(scene, full - 1, out _).Additional, Has.Count.EqualTo(5));
            Assert.That(Decode(scene, full - (Address + 1) - 1, out _).Additional, Has.Count.EqualTo(2));
            Assert.That(Decode(scene, Question + Address, out _).Additional, Is.Empty);
        }
    }

    [Test]
    public void Finish_AdditionalRecordsOfOneNameButTwoTypes_AreTwoRRsets()
    {
        using var scene = ReplyScene.Of("q.");
        AddAddresses(scene.Reply, Section.Additional, "a.", 1);
        scene.Reply.AddAddress(Section.Additional, ReplyScene.Whole("a."), 5, new byte[16]);

        Assert.That(Decode(scene, scene.Reply.FinishedLength - 1, out _).Additional, Is.EqualTo(new[] { "a. 5 A 10.0.0.0" }));
    }

    [Test]
    public void Finish_CutReply_IsStillWholeForAnotherLimit()
    {
        using var scene = ReplyScene.Of("q.", udpSize: 512);
        AddAddresses(scene.Reply, Section.Answer, "q.", 100);
        var full = scene.Finish();

        var cut = scene.Finish(512);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cut, Has.Length.EqualTo(Question + Edns.RecordSize + (30 * Address)));
            Assert.That(scene.Finish(), Is.EqualTo(full));
            Assert.That(scene.Reply.AnswerCount, Is.EqualTo(100));
            Assert.That(scene.Reply.IsTruncated, Is.False);
        }
    }

    [Test]
    public void Finish_TruncatedUpstream_KeepsTcThoughAllFits()
    {
        using var scene = ReplyScene.Of("q.");
        scene.Reply.IsTruncated = true;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Decode(scene, 512, out _).IsTruncated, Is.True);
            Assert.That(scene.Reply.WillBeTruncated(512), Is.True);
        }
    }

    private static void AddAddresses(Reply reply, Section section, string owner, int count)
    {
        for (var i = 0; i < count; i++)
        {
            reply.AddAddress(section, ReplyScene.Whole(owner), 5, [10, 0, 0, (byte)i]);
        }
    }

    private static ConformanceReply Decode(ReplyScene scene, int limit, out int octets)
    {
        var packet = scene.Finish(limit);
        octets = packet.Length;
        return ReplyDecoder.Decode(scene.Packet, packet);
    }
}
