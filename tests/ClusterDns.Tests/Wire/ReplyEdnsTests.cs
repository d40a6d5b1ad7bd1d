using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>The OPT record of a reply, and rcodes that need one.</summary>
internal sealed class ReplyEdnsTests
{
    private const int QuestionEnd = 19;

    [TestCase("02 00 00 00 00 00", "02 00 00 00 00 00", TestName = "Size512")]
    [TestCase("00 64 00 00 00 00", "00 64 00 00 00 00", TestName = "SizeBelow512AsSent")]
    [TestCase("FF FF 00 00 80 00", "FF FF 00 00 80 00", TestName = "DnssecOk")]
    [TestCase("04 D0 00 00 7F FF", "04 D0 00 00 00 00", TestName = "ZIsZero")]
    [TestCase("04 D0 17 00 FF FF", "04 D0 00 00 80 00", TestName = "RcodeOfTheQueryIsNotEchoed")]
    public void Finish_QueryWithOpt_EchoesSizeAndDo(string sent, string expected)
    {
        using var scene = Scene(sent);

        Assert.That(Opt(scene), Is.EqualTo(AnnotatedHex.Parse($"00 00 29 {expected} 00 00")));
    }

    [Test]
    public void Finish_OptionsOfTheQuery_AreNotEchoed()
    {
        using var scene = new ReplyScene(new PacketBuilder().Question("a.").Opt(1232, 0, 0, 3, 0, 0).ToArray());

        Assert.That(Opt(scene), Is.EqualTo(AnnotatedHex.Parse("00 00 29 04 D0 00 00 00 00 00 00")));
    }

    [Test]
    public void Finish_BadVersion_IsSplitBetweenHeaderAndOptOfVersionZero()
    {
        using var scene = Scene("04 D0 00 01 80 00");
        scene.Reply.Code = ResponseCode.BadVersion;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(scene.Finish())), Is.EqualTo(ResponseCode.NoError));
            Assert.That(Opt(scene), Is.EqualTo(AnnotatedHex.Parse("00 00 29 04 D0 01 00 80 00 00 00")));
        }
    }

    [Test]
    public void Finish_LargestCode_LeavesTheVersionAlone()
    {
        using var scene = Scene("04 D0 00 00 00 00");
        scene.Reply.Code = (ResponseCode)0x0FFF;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MessageHeader.Flags(scene.Finish()), Is.EqualTo(0x810F));
            Assert.That(Opt(scene), Is.EqualTo(AnnotatedHex.Parse("00 00 29 04 D0 FF 00 00 00 00 00")));
        }
    }

    [TestCase(ResponseCode.NotZone, ResponseCode.NotZone)]
    [TestCase((ResponseCode)15, (ResponseCode)15)]
    [TestCase(ResponseCode.BadVersion, ResponseCode.ServerFailure)]
    [TestCase(ResponseCode.BadCookie, ResponseCode.ServerFailure)]
    public void Finish_CodeWithoutOpt_IsWhatTheHeaderCanSay(ResponseCode code, ResponseCode expected)
    {
        using var scene = ReplyScene.Of("a.");
        scene.Reply.Code = code;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(scene.Finish())), Is.EqualTo(expected));
            Assert.That(scene.Reply.Code, Is.EqualTo(code));
        }
    }

    [Test]
    public void AddOption_Two_StandInTheOptRecord()
    {
        using var scene = Scene("04 D0 00 00 00 00");

        var isAdded = scene.Reply.AddOption(EdnsOption.NameServerId, "ns"u8)
            && scene.Reply.AddOption(EdnsOption.TcpKeepAlive, [0, 100]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.True);
            Assert.That(Opt(scene), Is.EqualTo(AnnotatedHex.Parse("""
                00 00 29 04 D0 00 00 00 00 00 0C
                00 03 00 02 "ns"
                00 0B 00 02 00 64
                """)));
            Assert.That(scene.Reply.FinishedLength, Is.EqualTo(scene.Finish().Length));
        }
    }

    [Test]
    public void AddOption_QueryWithoutOpt_IsRefused()
    {
        using var scene = ReplyScene.Of("a.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Reply.AddOption(EdnsOption.NameServerId, [1]), Is.False);
            Assert.That(scene.Finish(), Has.Length.EqualTo(QuestionEnd));
        }
    }

    [Test]
    public void AddOption_Over512Octets_IsRefusedAndTheRestKept()
    {
        using var scene = Scene("FF FF 00 00 00 00");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Reply.AddOption(1, new byte[500]), Is.True);
            Assert.That(scene.Reply.AddOption(2, new byte[5]), Is.False);
            Assert.That(scene.Reply.AddOption(3, new byte[4]), Is.True);
            Assert.That(scene.Reply.AddOption(4, []), Is.False);
            Assert.That(Opt(scene), Has.Length.EqualTo(Edns.RecordSize + 512));
        }
    }

    [Test]
    public void Finish_OptionsDoNotFitBesideTheAnswer_AreLeftOut()
    {
        using var scene = Scene("02 00 00 00 00 00");
        scene.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.NULL, RecordClass.IN, 5, new byte[400]);
        scene.Reply.AddOption(EdnsOption.NameServerId, new byte[100]);

        var packet = scene.Finish(512);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(packet, Has.Length.EqualTo(QuestionEnd + 12 + 400 + Edns.RecordSize));
            Assert.That(MessageHeader.Flags(packet) & MessageHeader.TruncatedFlag, Is.Zero);
            Assert.That(MessageHeader.AnswerCount(packet), Is.EqualTo(1));
            Assert.That(scene.Finish(), Has.Length.EqualTo(scene.Reply.FinishedLength), "with room they are there");
        }
    }

    [Test]
    public void Finish_OptionsBesideAdditionalRecords_StayWhenThoseGo()
    {
        using var scene = Scene("02 00 00 00 00 00");
        scene.Reply.AddRaw(Section.Additional, NameParts.Question, RecordType.NULL, RecordClass.IN, 5, new byte[400]);
        scene.Reply.AddOption(EdnsOption.NameServerId, new byte[100]);

        var packet = scene.Finish(512);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(packet, Has.Length.EqualTo(QuestionEnd + Edns.RecordSize + 104));
            Assert.That(MessageHeader.AdditionalCount(packet), Is.EqualTo(1));
            Assert.That(MessageHeader.Flags(packet) & MessageHeader.TruncatedFlag, Is.Zero);
        }
    }

    [Test]
    public void TryFindOption_InAQuery_GivesTheFirstOfItsCode()
    {
        var packet = new PacketBuilder().Question("a.").Opt(1232, 0, AnnotatedHex.Parse("""
            00 0A 00 02 01 02
            00 03 00 00
            00 0A 00 01 09
            """)).ToArray();
        QueryReader.Read(packet, new QuestionName(), out var query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Edns.TryFindOption(packet, EdnsOption.Cookie, out var cookie), Is.True);
            Assert.That(cookie.ToArray(), Is.EqualTo(new byte[] { 1, 2 }));
            Assert.That(query.Edns.TryFindOption(packet, EdnsOption.NameServerId, out var empty), Is.True);
            Assert.That(empty.IsEmpty, Is.True);
            Assert.That(query.Edns.TryFindOption(packet, EdnsOption.Padding, out _), Is.False);
            Assert.That(default(Edns).TryFindOption(packet, EdnsOption.Cookie, out _), Is.False);
        }
    }

    [TestCase("", 0, false)]
    [TestCase("00 03 00 00", 1, false)]
    [TestCase("00 03 00 01 FF 00 04 00 00", 2, false)]
    [TestCase("00 03 00", 0, true)]
    [TestCase("00 03 00 01", 0, true)]
    [TestCase("00 03 00 00 00 04 FF FF 00", 1, true)]
    public void EdnsOptions_Octets_AreWalkedToTheFirstMalformedOne(string hex, int expected, bool isMalformed)
    {
        var options = new EdnsOptions(AnnotatedHex.Parse(hex));
        var count = 0;
        while (options.TryRead(out _, out _))
        {
            count++;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(expected));
            Assert.That(options.IsMalformed, Is.EqualTo(isMalformed));
            Assert.That(options.TryRead(out _, out _), Is.False);
        }
    }

    // Six octets: size, extended rcode, version, flags.
    private static ReplyScene Scene(string sent)
    {
        var fields = AnnotatedHex.Parse(sent);
        return new ReplyScene(new PacketBuilder()
            .Question("a.")
            .Octets(0).UInt16((int)RecordType.OPT).Octets(fields).UInt16(0)
            .WithCounts(1, 0, 0, 1)
            .ToArray());
    }

    private static byte[] Opt(ReplyScene scene) => scene.Finish()[scene.Reply.Length..];
}
