using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

internal sealed class ReplyReaderTests
{
    private const string Question = "03 \"wWw\" 00  00 01  00 01\n";

    private static readonly TestCaseData[] Good =
    [
        Case("NoRecords", "12 34 81 80 00 01 00 00 00 00 00 00" + Question),
        Case("NoQuestion", "12 34 81 81 00 00 00 00 00 00 00 00"),
        Case("Root", "12 34 81 80 00 01 00 00 00 00 00 00 00 00 02 00 01"),
        Case("Records", "12 34 81 80 00 01 00 01 00 01 00 01" + Question
            + "C0 0C 00 01 00 01 00 00 00 05 00 04 0A 00 00 01"
            + "C0 0C 00 02 00 01 00 00 00 05 00 02 C0 0C"
            + "00 00 29 04 D0 00 00 00 00 00 04 00 03 00 00"),
    ];

    private static readonly TestCaseData[] Bad =
    [
        Case("Query", "12 34 01 00 00 01 00 00 00 00 00 00" + Question),
        Case("Notify", "12 34 A0 00 00 01 00 00 00 00 00 00" + Question),
        Case("TwoQuestions", "12 34 81 80 00 02 00 00 00 00 00 00" + Question + Question),
        Case("QuestionWithPointer", "12 34 81 80 00 01 00 00 00 00 00 00 01 \"a\" C0 00 00 01 00 01"),
        Case("TwoOpts", "12 34 81 80 00 01 00 00 00 00 00 02" + Question + "00 00 29 04 D0 00 00 00 00 00 00 00 00 29 04 D0 00 00 00 00 00 00"),
        Case("OptAsAnswer", "12 34 81 80 00 01 00 01 00 00 00 00" + Question + "00 00 29 04 D0 00 00 00 00 00 00"),
        Case("OptionOverruns", "12 34 81 80 00 01 00 00 00 00 00 01" + Question + "00 00 29 04 D0 00 00 00 00 00 04 00 03 00 01"),
    ];

    [TestCaseSource(nameof(Good))]
    public void TryRead_Reply_IsReadWholeAndWithJunkAndNotCut(byte[] packet)
    {
        foreach (var shape in PacketShapes.WithJunk(packet).Append(packet))
        {
            Assert.That(ReplyReader.TryRead(shape, out _), Is.True);
        }

        foreach (var cut in PacketShapes.Cuts(packet))
        {
            Assert.That(ReplyReader.TryRead(cut, out _), Is.False, $"{cut.Length} octets");
        }
    }

    [TestCaseSource(nameof(Bad))]
    public void TryRead_NoReply_IsRefusedInEveryShape(byte[] packet)
    {
        foreach (var shape in PacketShapes.WithJunk(packet).Concat(PacketShapes.Cuts(packet)).Append(packet))
        {
            Assert.That(ReplyReader.TryRead(shape, out _), Is.False, $"{shape.Length} octets");
        }
    }

    [Test]
    public void TryRead_Reply_GivesItsFields()
    {
        var packet = AnnotatedHex.Parse("12 34 87 B7 00 01 00 00 00 00 00 01" + Question + "00 00 29 10 00 01 00 80 00 00 00");

        ReplyReader.TryRead(packet, out var reply);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Id, Is.EqualTo(0x1234));
            Assert.That(reply.Code, Is.EqualTo(ResponseCode.BadCookie));
            Assert.That(reply.QuestionEnd, Is.EqualTo(21));
            Assert.That(reply.HasQuestion, Is.True);
            Assert.That(reply.IsAuthoritative, Is.True);
            Assert.That(reply.IsTruncated, Is.True);
            Assert.That(reply.IsRecursionAvailable, Is.True);
            Assert.That(reply.IsAuthenticData, Is.True);
            Assert.That(reply.Edns.PayloadSize, Is.EqualTo(4096));
            Assert.That(reply.Edns.DnssecOk, Is.True);
        }
    }

    [Test]
    public void TryRead_ReplyWithoutFlags_HasNone()
    {
        ReplyReader.TryRead(AnnotatedHex.Parse("12 34 80 03 00 00 00 00 00 00 00 00"), out var reply);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Code, Is.EqualTo(ResponseCode.NameError));
            Assert.That(reply.HasQuestion || reply.IsAuthoritative || reply.IsTruncated, Is.False);
            Assert.That(reply.IsRecursionAvailable || reply.IsAuthenticData || reply.Edns.IsPresent, Is.False);
        }
    }

    [TestCase("03 \"wWw\" 00 00 01 00 01", true)]
    [TestCase("03 \"www\" 00 00 01 00 01", true)]
    [TestCase("03 \"wwx\" 00 00 01 00 01", false)]
    [TestCase("02 \"ww\" 00 00 01 00 01", false)]
    [TestCase("03 \"www\" 00 00 1C 00 01", false)]
    [TestCase("03 \"www\" 00 00 01 00 03", false)]
    [TestCase("", false)]
    public void Repeats_Question_IsTheSameButForLetterCase(string question, bool expected)
    {
        var packet = AnnotatedHex.Parse("12 34 81 80 00 01 00 00 00 00 00 00" + Question);
        ReplyReader.TryRead(packet, out var reply);

        Assert.That(reply.Repeats(packet, AnnotatedHex.Parse(question)), Is.EqualTo(expected));
    }

    // 'A' and 'a' as the low octet of a type: folding must stop at the name.
    [Test]
    public void Repeats_TypeThatLooksLikeALetter_IsComparedExactly()
    {
        var packet = new PacketBuilder(0x8180).Question("a.", (RecordType)0x0141).ToArray();
        ReplyReader.TryRead(packet, out var reply);

        Assert.That(reply.Repeats(packet, AnnotatedHex.Parse("01 \"a\" 00 01 61 00 01")), Is.False);
    }

    [Test]
    public void Repeats_ReplyWithoutQuestion_IsFalse()
    {
        var packet = new PacketBuilder(0x8180).ToArray();
        ReplyReader.TryRead(packet, out var reply);

        Assert.That(reply.Repeats(packet, []), Is.False);
    }

    private static TestCaseData Case(string name, string hex) =>
        new TestCaseData(AnnotatedHex.Parse(hex)).SetArgDisplayNames(name);
}
