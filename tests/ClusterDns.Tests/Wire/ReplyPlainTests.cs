using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Records out of rdata that stands by itself: its names are compressed where that is allowed.</summary>
[TestFixture]
internal sealed class ReplyPlainTests
{
    private const string Far = "03 \"far\" 01 \"x\" 00";

    // The question is "q.x.", 12 octets of header before it: "x." stands at 14.
    [TestCase(RecordType.A, "0A 00 00 01", "0A 00 00 01")]
    [TestCase(RecordType.CNAME, Far, "03 \"far\" C0 0E")]
    [TestCase(RecordType.MX, "00 0A" + Far, "00 0A 03 \"far\" C0 0E")]
    [TestCase(RecordType.MINFO, Far + Far, "03 \"far\" C0 0E C0 21")]
    [TestCase(RecordType.SRV, "00 01 00 02 00 03" + Far, "00 01 00 02 00 03" + Far)]
    [TestCase(RecordType.DNAME, Far, Far)]
    [TestCase(RecordType.NAPTR, "00 01 00 02 01 \"s\" 00 00" + Far, "00 01 00 02 01 \"s\" 00 00" + Far)]
    [TestCase(RecordType.TXT, "02 C0 0C", "02 C0 0C")]
    [TestCase((RecordType)65280, Far, Far)]
    public void AddPlain_RecordOfAType_HasItsNamesCompressed(RecordType type, string data, string expected)
    {
        using var scene = ReplyScene.Of("q.x.");
        var isAdded = Add(scene, type, data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.True);

            // Behind the owner's pointer, TYPE, CLASS, TTL and RDLENGTH.
            Assert.That(
                Convert.ToHexString(scene.Finish()[(scene.Reply.QuestionEnd + 12)..]),
                Is.EqualTo(Convert.ToHexString(AnnotatedHex.Parse(expected))));
        }
    }

    [TestCase(RecordType.A, "0A 00 00")]
    [TestCase(RecordType.CNAME, "")]
    [TestCase(RecordType.CNAME, "C0 0C")]
    [TestCase(RecordType.CNAME, "01 \"a\" C0 0C")]
    [TestCase(RecordType.CNAME, "01 \"a\"")]
    [TestCase(RecordType.MX, "00")]
    [TestCase(RecordType.MX, "00 0A" + Far + "00")]
    [TestCase(RecordType.SOA, Far + Far + "00 00 00 00")]
    public void AddPlain_MalformedRdata_LeavesNoTrace(RecordType type, string data)
    {
        using var scene = ReplyScene.Of("q.x.");
        Add(scene, RecordType.MX, "00 0A" + Far);
        var before = scene.Finish();
        var isAdded = Add(scene, type, data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.False);
            Assert.That(scene.Finish(), Is.EqualTo(before));
            Assert.That(scene.Reply.IsTruncated, Is.False);
        }
    }

    [Test]
    public void AddPlain_MessageIsFull_SaysThatSomethingIsMissing()
    {
        using var scene = ReplyScene.Of("q.x.");
        var count = 0;
        while (Add(scene, RecordType.NULL, string.Join(' ', Enumerable.Repeat("00", 1000))))
        {
            count++;
        }

        Assert.That((count, scene.Reply.AnswerCount, scene.Reply.IsTruncated), Is.EqualTo((64, 64, true)));
    }

    private static bool Add(ReplyScene scene, RecordType type, string data) =>
        scene.Reply.AddPlain(Section.Answer, NameParts.Question, type, RecordClass.IN, 5, AnnotatedHex.Parse(data));
}
