using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Which octets names become: records behind header and question are compared, from octet 12 + name + 4 on.</summary>
internal sealed class ReplyCompressionTests
{
    private static readonly string Label63 = new('x', 63);

    [Test]
    public void AddService_Target_IsWrittenOutAndPointedAt()
    {
        using var scene = ReplyScene.Of("s.z.");
        var zone = scene.Name.OffsetOf(1);
        scene.Reply.AddService(Section.Answer, NameParts.Question, 5, 0, 100, 80, NameParts.BeforeQuestion([1, (byte)'h'], zone));
        scene.Reply.AddAddress(Section.Additional, NameParts.BeforeQuestion([1, (byte)'h'], zone), 5, [10, 0, 0, 1]);
        scene.Reply.AddAddress(Section.Additional, ReplyScene.Whole("h.z."), 5, [10, 0, 0, 2]);

        Expect(scene, """
            C0 0C 00 21 00 01 00 00 00 05 00 0B
            00 00 00 64 00 50 01 "h" 01 "z" 00     ; octet 39
            C0 27 00 01 00 01 00 00 00 05 00 04 0A 00 00 01
            C0 27 00 01 00 01 00 00 00 05 00 04 0A 00 00 02
            """);
    }

    [Test]
    public void AddService_TargetThatStandsAlready_IsWrittenOutAllTheSame()
    {
        using var scene = ReplyScene.Of("s.z.");
        scene.Reply.AddService(Section.Answer, NameParts.Question, 5, 0, 0, 0, NameParts.Question);
        scene.Reply.AddService(Section.Answer, NameParts.Question, 5, 0, 0, 0, ReplyScene.Whole("s.z."));

        Expect(scene, """
            C0 0C 00 21 00 01 00 00 00 05 00 0B 00 00 00 00 00 00 01 "s" 01 "z" 00
            C0 0C 00 21 00 01 00 00 00 05 00 0B 00 00 00 00 00 00 01 "s" 01 "z" 00
            """);
    }

    [Test]
    public void AddStartOfAuthority_NamesUnderTheQuestionsZone_PointIntoTheQuestion()
    {
        using var scene = ReplyScene.Of("no.z.");
        var zone = scene.Name.OffsetOf(1);
        scene.Reply.AddStartOfAuthority(
            Section.Authority,
            NameParts.FromQuestion(zone),
            30,
            NameParts.BeforeQuestion(ReplyScene.Labels("ns.dns"), zone),
            NameParts.BeforeQuestion(ReplyScene.Labels("who.dns"), zone),
            new SoaTimes(1, 2, 3, 4, 5));

        Expect(scene, """
            C0 0F 00 06 00 01 00 00 00 1E 00 27
            02 "ns" 03 "dns" C0 0F
            03 "who" 03 "dns" C0 0F                ; each points at the zone; what they share is not looked for
            00 00 00 01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00 05
            """);
    }

    [Test]
    public void AddName_InOtherLetterCase_IsNotPointedAt()
    {
        using var scene = ReplyScene.Of("a.Z.");
        scene.Reply.AddName(Section.Answer, ReplyScene.Whole("a.z."), RecordType.CNAME, 5, ReplyScene.Whole("b.z."));

        Expect(scene, """
            01 "a" 01 "z" 00 00 05 00 01 00 00 00 05 00 04 01 "b" C0 17
            """);
    }

    [TestCase("a.", "a.", "C0 0C")]
    [TestCase("a.b.", "b.", "C0 0E")]
    [TestCase("a.b.", "c.b.", "01 63 C0 0E")]
    [TestCase("a.b.", ".", "00")]
    [TestCase(".", ".", "00")]
    [TestCase(".", "a.", "01 61 00")]
    [TestCase("a.a.", "a.", "C0 0E")]
    [TestCase("a.a.", "a.a.a.", "01 61 C0 0C")]
    [TestCase("ab.", "b.", "01 62 00")]
    public void AddAddress_OwnerLikeTheQuestion_IsAsShortAsCanBe(string question, string owner, string expected)
    {
        using var scene = ReplyScene.Of(question);
        scene.Reply.AddAddress(Section.Answer, ReplyScene.Whole(owner), 5, [1, 2, 3, 4]);

        Expect(scene, $"{expected} 00 01 00 01 00 00 00 05 00 04 01 02 03 04");
    }

    [Test]
    public void NameParts_EndOfTheQuestion_NeedsNoPointerForTheRoot()
    {
        using var scene = ReplyScene.Of("a.");
        var root = scene.Name.OffsetOf(1);
        scene.Reply.AddName(Section.Answer, NameParts.FromQuestion(root), RecordType.NS, 5, NameParts.BeforeQuestion([1, (byte)'b'], root));
        scene.Reply.AddService(Section.Answer, NameParts.Question, 5, 0, 0, 0, NameParts.FromQuestion(root));

        Expect(scene, """
            00 00 02 00 01 00 00 00 05 00 03 01 "b" 00
            C0 0C 00 21 00 01 00 00 00 05 00 07 00 00 00 00 00 00 00
            """);
    }

    [Test]
    public void NameParts_RootQuestion_IsTheRoot()
    {
        using var scene = ReplyScene.Of(".");
        scene.Reply.AddName(Section.Answer, NameParts.Question, RecordType.NS, 5, NameParts.BeforeQuestion([1, (byte)'b'], 0));

        Expect(scene, """00 00 02 00 01 00 00 00 05 00 03 01 "b" 00""");
    }

    [Test]
    public void NameParts_SameNameInEveryForm_IsTheSamePointer()
    {
        using var scene = ReplyScene.Of("q.z.");
        var zone = scene.Name.OffsetOf(1);
        var name = ReplyScene.Labels("b.a");
        scene.Reply.AddAddress(Section.Answer, NameParts.BeforeQuestion(name, zone), 5, [1, 2, 3, 4]);
        scene.Reply.AddAddress(Section.Answer, NameParts.Before(name, ReplyScene.Octets("z.")), 5, [1, 2, 3, 4]);
        scene.Reply.AddAddress(Section.Answer, ReplyScene.Whole("b.a.z."), 5, [1, 2, 3, 4]);
        scene.Reply.AddAddress(Section.Answer, ReplyScene.Whole("a.z."), 5, [1, 2, 3, 4]);

        Expect(scene, """
            01 "b" 01 "a" C0 0E 00 01 00 01 00 00 00 05 00 04 01 02 03 04 ; octet 21
            C0 15 00 01 00 01 00 00 00 05 00 04 01 02 03 04
            C0 15 00 01 00 01 00 00 00 05 00 04 01 02 03 04
            C0 17 00 01 00 01 00 00 00 05 00 04 01 02 03 04
            """);
    }

    [Test]
    public void Add_NameOf255Octets_IsWrittenWhole()
    {
        using var scene = ReplyScene.Of($"{Label63}.{Label63}.{Label63}.");
        var head = ReplyScene.Labels(new string('y', 61));

        var isAdded = scene.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, NameParts.BeforeQuestion(head, 0));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.True);
            Assert.That(scene.Finish(), Has.Length.EqualTo(scene.Reply.QuestionEnd + 12 + 62 + 2));
        }
    }

    [Test]
    public void Add_NameOver255Octets_IsRefusedAndNothingIsMissing()
    {
        using var scene = ReplyScene.Of($"{Label63}.{Label63}.{Label63}.", udpSize: 1232);
        var reply = scene.Reply;
        var empty = scene.Finish();
        var head = ReplyScene.Labels(new string('y', 62));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.AddAddress(Section.Answer, NameParts.BeforeQuestion(head, 0), 5, new byte[4]), Is.False);
            Assert.That(reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, NameParts.BeforeQuestion(head, 0)), Is.False);
            Assert.That(reply.AddService(Section.Answer, NameParts.Question, 5, 0, 0, 0, NameParts.BeforeQuestion(head, 0)), Is.False);
            Assert.That(reply.AddStartOfAuthority(Section.Answer, NameParts.Question, 5, NameParts.Question, NameParts.BeforeQuestion(head, 0), default), Is.False);
            Assert.That(scene.Finish(), Is.EqualTo(empty));
            Assert.That(reply.IsTruncated, Is.False);
            Assert.That(reply.AddAddress(Section.Answer, NameParts.Question, 5, new byte[4]), Is.True);
        }
    }

    [Test]
    public void Add_NameOf127Labels_IsFoundAgainByEveryEnd()
    {
        using var scene = ReplyScene.Of("q.");
        var name = ReplyScene.Octets(string.Concat(Enumerable.Repeat("a.", 127)));
        scene.Reply.AddAddress(Section.Answer, NameParts.Whole(name), 5, new byte[4]);
        var before = scene.Reply.Length;

        for (var start = 0; start < name.Length - 1; start += 2)
        {
            scene.Reply.AddAddress(Section.Answer, NameParts.Whole(name[start..]), 5, new byte[4]);
        }

        Assert.That(scene.Reply.Length, Is.EqualTo(before + (127 * 16)));
    }

    [Test]
    public void Add_NamesBehind16KiB_ArePointedAtNoMore()
    {
        using var scene = ReplyScene.Of("q.");
        var reply = scene.Reply;
        AddFiller(reply, upTo: 0x3FFE);
        reply.AddAddress(Section.Answer, ReplyScene.Whole("near.far."), 5, new byte[4]);
        reply.AddAddress(Section.Answer, ReplyScene.Whole("near.far."), 5, new byte[4]);
        var before = reply.Length;

        reply.AddAddress(Section.Answer, ReplyScene.Whole("near.far."), 5, new byte[4]);

        // "far." begins behind octet 16,383: no part of the name can be pointed at.
        Assert.That(reply.Length - before, Is.EqualTo(10 + 14));
    }

    [Test]
    public void Add_NameThatEndsBelow16KiB_IsPointedAt()
    {
        using var scene = ReplyScene.Of("q.");
        var reply = scene.Reply;
        AddFiller(reply, upTo: 0x3FFF - 5);
        reply.AddAddress(Section.Answer, ReplyScene.Whole("near.far."), 5, new byte[4]);
        var before = reply.Length;

        reply.AddAddress(Section.Answer, ReplyScene.Whole("near.far."), 5, new byte[4]);
        reply.AddAddress(Section.Answer, ReplyScene.Whole("x.far."), 5, new byte[4]);

        // "near" at 16,378 and "far" at 16,383, the last octet that 14 bits reach.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Length - before, Is.EqualTo((2 + 14) + (2 + 2 + 14)));
            Assert.That(reply.Message[before..(before + 2)].ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xFA }));
        }
    }

    private static void AddFiller(Reply reply, int upTo) =>
        reply.AddRaw(Section.Answer, NameParts.Question, RecordType.NULL, RecordClass.IN, 5, new byte[upTo - reply.Length - 12]);

    private static void Expect(ReplyScene scene, string records) =>
        Assert.That(
            Convert.ToHexString(scene.Finish()[scene.Reply.QuestionEnd..]),
            Is.EqualTo(Convert.ToHexString(AnnotatedHex.Parse(records))));
}
