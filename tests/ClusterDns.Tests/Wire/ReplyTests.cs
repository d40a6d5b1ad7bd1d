using ClusterDns.Testing.Conformance;
using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Header, flags, records one by one.</summary>
internal sealed class ReplyTests
{
    [Test]
    public void Finish_OneAddress_IsTheWholeMessage()
    {
        using var scene = ReplyScene.Of("Api.Svc.");
        scene.Reply.IsAuthoritative = true;

        scene.Reply.AddAddress(Section.Answer, NameParts.Question, 30, [10, 96, 0, 1]);

        Assert.That(scene.Finish(512), Is.EqualTo(AnnotatedHex.Parse("""
            12 34                ; id
            85 00                ; QR AA RD NOERROR
            00 01 00 01 00 00 00 00
            03 "Api" 03 "Svc" 00 ; spelt as it was asked
            00 01 00 01
            C0 0C                ; the question's name
            00 01 00 01
            00 00 00 1E
            00 04 0A 60 00 01
            """)));
    }

    [Test]
    public void Finish_EmptyReply_IsHeaderAndQuestion()
    {
        using var scene = ReplyScene.Of(".");
        scene.Reply.Code = ResponseCode.Refused;

        Assert.That(scene.Finish(512), Is.EqualTo(AnnotatedHex.Parse("12 34 81 05 00 01 00 00 00 00 00 00 00 00 01 00 01")));
    }

    [Test]
    public void Begin_QueryWithEveryFlag_CopiesOnlyRdAndCd()
    {
        using var scene = new ReplyScene(new PacketBuilder(flags: 0x07FF).Question("a.").ToArray());

        Assert.That(MessageHeader.Flags(scene.Finish()), Is.EqualTo(0x8110));
    }

    [Test]
    public void Finish_FlagsThatWereSet_AreInTheHeader()
    {
        using var scene = new ReplyScene(new PacketBuilder(flags: 0).Question("a.").ToArray());
        scene.Reply.Code = ResponseCode.NameError;

        scene.Reply.IsAuthoritative = true;
        Assert.That(MessageHeader.Flags(scene.Finish()), Is.EqualTo(0x8403));
        scene.Reply.IsTruncated = true;
        Assert.That(MessageHeader.Flags(scene.Finish()), Is.EqualTo(0x8603));
        scene.Reply.IsRecursionAvailable = true;
        Assert.That(MessageHeader.Flags(scene.Finish()), Is.EqualTo(0x8683));
        scene.Reply.IsAuthenticData = true;
        Assert.That(MessageHeader.Flags(scene.Finish()), Is.EqualTo(0x86A3));
    }

    [Test]
    public void Clear_ReplyWithEverything_LeavesTheQuestion()
    {
        using var scene = ReplyScene.Of("a.b.", udpSize: 1232);
        var empty = scene.Finish();
        var reply = scene.Reply;
        reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, ReplyScene.Whole("c.b."));
        reply.AddRaw(Section.Additional, NameParts.Question, RecordType.TXT, RecordClass.IN, 5, new byte[65_000]);
        reply.AddOption(EdnsOption.NameServerId, [1]);
        (reply.Code, reply.IsAuthoritative, reply.IsTruncated) = (ResponseCode.NameError, true, true);
        (reply.IsRecursionAvailable, reply.IsAuthenticData) = (true, true);

        reply.Clear();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Finish(), Is.EqualTo(empty));
            Assert.That(reply.Length, Is.EqualTo(reply.QuestionEnd));
            Assert.That(reply.UncompressedLength, Is.EqualTo(reply.QuestionEnd));
            Assert.That(reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, ReplyScene.Whole("c.b.")), Is.True);
            Assert.That(Decode(scene).Answer, Is.EqualTo(new[] { "a.b. 5 CNAME c.b." }));
        }
    }

    [Test]
    public void Add_RecordsOfAllSections_AreReadBackInOrder()
    {
        using var scene = ReplyScene.Of("_x._tcp.Svc.Example.", udpSize: 4096);
        var reply = scene.Reply;
        var service = scene.Name.OffsetOf(2);
        var zone = scene.Name.OffsetOf(3);

        reply.AddService(Section.Answer, NameParts.Question, 5, 1, 2, 443, NameParts.BeforeQuestion(ReplyScene.Labels("h"), service));
        reply.AddRaw(Section.Answer, NameParts.Question, RecordType.TXT, RecordClass.IN, 5, "\u0002hi"u8);
        reply.AddStartOfAuthority(
            Section.Authority,
            NameParts.FromQuestion(zone),
            30,
            NameParts.BeforeQuestion(ReplyScene.Labels("ns.dns"), zone),
            NameParts.Before(ReplyScene.Labels("hostmaster"), ReplyScene.Octets("Other.")),
            new SoaTimes(1, 2, 3, 4, uint.MaxValue));
        reply.AddName(Section.Authority, NameParts.FromQuestion(zone), RecordType.NS, 30, NameParts.Question);
        reply.AddAddress(Section.Additional, NameParts.BeforeQuestion(ReplyScene.Labels("h"), service), 5, [10, 0, 0, 1]);
        reply.AddAddress(Section.Additional, NameParts.Whole(WireName.Root), uint.MaxValue, new byte[16]);

        var decoded = Decode(scene);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(decoded.Answer, Is.EqualTo(new[]
            {
                "_x._tcp.Svc.Example. 5 SRV 1 2 443 h.Svc.Example.",
                "_x._tcp.Svc.Example. 5 TXT \"hi\"",
            }));
            Assert.That(decoded.Authority, Is.EqualTo(new[]
            {
                "Example. 30 SOA ns.dns.Example. hostmaster.Other. 1 2 3 4 4294967295",
                "Example. 30 NS _x._tcp.Svc.Example.",
            }));
            Assert.That(decoded.Additional, Is.EqualTo(new[] { "h.Svc.Example. 5 A 10.0.0.1", ". 4294967295 AAAA ::" }));
            Assert.That(decoded.Edns, Is.EqualTo("4096"));
            Assert.That((reply.AnswerCount, reply.AuthorityCount, reply.AdditionalCount), Is.EqualTo((2, 2, 2)));
        }
    }

    [Test]
    public void Add_SectionBehindALaterOne_Throws()
    {
        using var scene = ReplyScene.Of("a.");
        scene.Reply.AddAddress(Section.Additional, NameParts.Question, 5, new byte[4]);

        Assert.That(
            () => scene.Reply.AddAddress(Section.Answer, NameParts.Question, 5, new byte[4]),
            Throws.InvalidOperationException.With.Message.Contains("Answer"));
    }

    [Test]
    public void SetTimeToLive_OfRecordsThatAreRead_ChangesTheirTtlAlone()
    {
        using var scene = ReplyScene.Of("a.b.", udpSize: 1232);
        var reply = scene.Reply;
        reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 300, ReplyScene.Whole("c.b."));
        reply.AddAddress(Section.Answer, ReplyScene.Whole("c.b."), 1, [10, 0, 0, 1]);

        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            reply.SetTimeToLive(record, record.TimeToLive / 2);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.IsMalformed, Is.False);
            Assert.That(Decode(scene).Answer, Is.EqualTo(new[] { "a.b. 150 CNAME c.b.", "c.b. 0 A 10.0.0.1" }));
        }
    }

    [Test]
    public void Begin_AfterALargeReply_StartsOver()
    {
        using var scene = ReplyScene.Of("a.");
        var empty = scene.Finish();
        scene.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.NULL, RecordClass.IN, 5, new byte[60_000]);

        scene.Begin();

        Assert.That(scene.Finish(), Is.EqualTo(empty));
    }

    [Test]
    public void UncompressedLength_OfManyRecords_IsWhatTheyTakeWithoutPointers()
    {
        using var scene = ReplyScene.Of("abc.example.");
        var reply = scene.Reply;
        reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, ReplyScene.Whole("x.example."));
        reply.AddAddress(Section.Answer, ReplyScene.Whole("x.example."), 5, new byte[4]);

        const int Question = 12 + 13 + 4;
        Assert.That(reply.UncompressedLength, Is.EqualTo(Question + 13 + 10 + 11 + 11 + 10 + 4));
    }

    private static ConformanceReply Decode(ReplyScene scene) => ReplyDecoder.Decode(scene.Packet, scene.Finish());

    [Test]
    public void KeepAnswers_RecordsOfEverySection_LeavesAnswersAndGoesOnBehindThem()
    {
        using var scene = ReplyScene.Of("api.example.", udpSize: 1232);
        var reply = scene.Reply;
        reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, ReplyScene.Whole("other.example."));
        var (expected, uncompressed) = (scene.Finish(), reply.UncompressedLength);
        reply.AddName(Section.Authority, ReplyScene.Whole("example."), RecordType.NS, 5, ReplyScene.Whole("ns.elsewhere."));
        reply.AddAddress(Section.Additional, ReplyScene.Whole("ns.elsewhere."), 5, [10, 0, 0, 1]);

        reply.KeepAnswers();
        Assert.That((scene.Finish(), reply.UncompressedLength), Is.EqualTo((expected, uncompressed)));

        // No pointer may lead to what is gone.
        reply.AddAddress(Section.Answer, ReplyScene.Whole("ns.elsewhere."), 5, [10, 0, 0, 1]);
        Assert.That(
            ReplyDecoder.Decode(scene.Packet, scene.Finish()).Answer,
            Is.EqualTo(["api.example. 5 CNAME other.example.", "ns.elsewhere. 5 A 10.0.0.1"]));
    }

    [Test]
    public void KeepAnswers_NoAnswer_LeavesNothing()
    {
        using var scene = ReplyScene.Of("api.example.");
        var expected = scene.Finish();
        scene.Reply.AddAddress(Section.Additional, NameParts.Question, 5, [10, 0, 0, 1]);

        scene.Reply.KeepAnswers();

        Assert.That(scene.Finish(), Is.EqualTo(expected));
    }
}
