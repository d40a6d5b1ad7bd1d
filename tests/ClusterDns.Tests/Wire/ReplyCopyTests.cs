using ClusterDns.Testing.Conformance;
using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Records out of other messages: their names are compressed there in one way and here in another.</summary>
internal sealed class ReplyCopyTests
{
    // In the source "far.x." stands at 12, in the reply the question is "q.x.", 12 octets of header before it.
    private static readonly TestCaseData[] Types =
    [
        Case(RecordType.A, "0A 00 00 01", "0A 00 00 01"),
        Case(RecordType.AAAA, Zeros(16), Zeros(16)),
        Case(RecordType.CNAME, "C0 0C", "C0 15"),
        Case(RecordType.NS, "01 \"n\" C0 0C", "01 \"n\" C0 15"),
        Case(RecordType.PTR, "C0 10", "C0 0E"),
        Case(RecordType.MB, "C0 0C", "C0 15"),
        Case(RecordType.MINFO, "C0 0C C0 10", "C0 15 C0 0E"),
        Case(RecordType.MX, "00 0A C0 0C", "00 0A C0 15"),
        Case(RecordType.SOA, "C0 0C 01 \"h\" C0 10" + Zeros(20), "C0 15 01 \"h\" C0 0E" + Zeros(20)),
        Case(RecordType.SRV, "00 01 00 02 00 03 C0 0C", "00 01 00 02 00 03 03 \"far\" 01 \"x\" 00"),
        Case(RecordType.DNAME, "C0 10", "01 \"x\" 00"),
        Case(RecordType.NAPTR, "00 01 00 02 01 \"s\" 03 \"SIP\" 00 C0 0C", "00 01 00 02 01 \"s\" 03 \"SIP\" 00 03 \"far\" 01 \"x\" 00"),
        Case(RecordType.AFSDB, "00 01 C0 10", "00 01 01 \"x\" 00"),
        Case(RecordType.RT, "00 01 C0 10", "00 01 01 \"x\" 00"),
        Case(RecordType.KX, "00 01 C0 10", "00 01 01 \"x\" 00"),
        Case(RecordType.RP, "C0 10 C0 10", "01 \"x\" 00 01 \"x\" 00"),
        Case(RecordType.PX, "00 01 C0 10 C0 10", "00 01 01 \"x\" 00 01 \"x\" 00"),
        Case(RecordType.NXT, "C0 10 62 01", "01 \"x\" 00 62 01"),
        Case(RecordType.SIG, Zeros(18) + "C0 10 AB CD", Zeros(18) + "01 \"x\" 00 AB CD"),
        Case(RecordType.TXT, "02 C0 0C", "02 C0 0C"),
        Case(RecordType.RRSIG, Zeros(18) + "C0 0C", Zeros(18) + "C0 0C"),
        Case(RecordType.TXT, "", ""),
        Case((RecordType)65280, "C0 0C", "C0 0C"),
    ];

    private static readonly TestCaseData[] Malformed =
    [
        Bad(RecordType.A, "0A 00 00"),
        Bad(RecordType.A, "0A 00 00 01 00"),
        Bad(RecordType.AAAA, "0A 00 00 01"),
        Bad(RecordType.CNAME, ""),
        Bad(RecordType.CNAME, "C0 0C 00"),
        Bad(RecordType.CNAME, "01 \"a\""),
        Bad(RecordType.CNAME, "C0"),
        Bad(RecordType.CNAME, "C0 FF"),
        Bad(RecordType.CNAME, "41 00"),
        Bad(RecordType.MX, "00"),
        Bad(RecordType.MX, "00 01"),
        Bad(RecordType.SRV, "00 01 00 02 00"),
        Bad(RecordType.SOA, "C0 0C C0 10" + Zeros(19)),
        Bad(RecordType.SOA, "C0 0C C0 10" + Zeros(21)),
        Bad(RecordType.SOA, "C0 0C C0 FF" + Zeros(20)),
        Bad(RecordType.NAPTR, "00 01 00 02 01 \"s\" 03 \"SIP\""),
        Bad(RecordType.NAPTR, "00 01 00 02 01 \"s\" 03 \"SIP\" FF 00"),
        Bad(RecordType.OPT, ""),
        Bad(RecordType.TSIG, ""),
    ];

    [TestCaseSource(nameof(Types))]
    public void AddCopy_RecordOfAType_HasItsNamesRewritten(RecordType type, byte[] data, byte[] expected)
    {
        using var scene = ReplyScene.Of("q.x.");

        var isAdded = Copy(scene, type, data);

        Assert.That(isAdded, Is.True);
        Assert.That(
            Convert.ToHexString(scene.Finish()[scene.Reply.QuestionEnd..]),
            Is.EqualTo(Convert.ToHexString([.. Fixed(type, expected.Length), .. expected])));
    }

    [TestCaseSource(nameof(Malformed))]
    public void AddCopy_MalformedRecord_LeavesNoTrace(RecordType type, byte[] data)
    {
        using var scene = ReplyScene.Of("q.x.");
        Copy(scene, RecordType.MX, [0, 1, 0xC0, 12]);
        var before = scene.Finish();
        var uncompressed = scene.Reply.UncompressedLength;

        var isAdded = Copy(scene, type, data);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.False);
            Assert.That(scene.Finish(), Is.EqualTo(before));
            Assert.That(scene.Reply.UncompressedLength, Is.EqualTo(uncompressed));
            Assert.That(scene.Reply.IsTruncated, Is.False);
        }
    }

    [Test]
    public void AddCopy_BehindAMalformedRecord_PointsAtNothingOfIt()
    {
        using var scene = ReplyScene.Of("q.x.");
        Copy(scene, RecordType.SOA, AnnotatedHex.Parse("03 \"new\" 00 C0 FF" + Zeros(20)));
        Copy(scene, RecordType.NULL, [0xFF, 0xFF, 0xFF, 0xFF]);

        var isAdded = Copy(scene, RecordType.SOA, AnnotatedHex.Parse("03 \"new\" 00 C0 0C" + Zeros(20)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdded, Is.True);
            Assert.That(Decode(scene).Answer, Is.EqualTo(new[]
            {
                "far.x. 5 NULL FFFFFFFF",
                "far.x. 5 SOA new. far.x. 0 0 0 0 0",
            }));
        }
    }

    [Test]
    public void AddCopy_MalformedOwner_IsRefused()
    {
        var source = new PacketBuilder(0x8180).Question("far.x.")
            .Pointer(200).Record(Section.Answer, RecordType.A, 5, [1, 2, 3, 4]).ToArray();
        using var scene = ReplyScene.Of("q.x.");
        var records = new RecordReader(source, 12 + 7 + 4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.TryRead(out var record), Is.True);
            Assert.That(scene.Reply.AddCopy(Section.Answer, source, record), Is.False);
        }
    }

    [Test]
    public void Adopt_Reply_TakesOverRecordsFlagsAndRcode()
    {
        var source = new PacketBuilder(0x87B3)
            .Question("q.x.")
            .Pointer(12).Record(Section.Answer, RecordType.CNAME, 5, [1, (byte)'c', 0xC0, 14])
            .Pointer(14).Record(Section.Authority, RecordType.NS, 6, [0xC0, 12])
            .Name("g.").Record(Section.Additional, RecordType.A, 7, [10, 0, 0, 1])
            .Opt(512, 0x0000_0000, 0, 3, 0, 1, 9)
            .Octets(0).Record(Section.Additional, RecordType.TSIG, 0, [1, 2, 3], RecordClass.ANY)
            .ToArray();
        ReplyReader.TryRead(source, out var fields);
        using var scene = ReplyScene.Of("Q.X.", udpSize: 4096);
        scene.Reply.AddAddress(Section.Answer, NameParts.Question, 5, [9, 9, 9, 9]);

        var isAdopted = scene.Reply.Adopt(source, fields);

        var reply = Decode(scene);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isAdopted, Is.True);
            Assert.That(reply.ResponseCode, Is.EqualTo("NXDOMAIN"));
            Assert.That(reply.Flags, Is.EqualTo(new[] { "AA", "TC", "RD", "RA", "AD" }));
            Assert.That(reply.Answer, Is.EqualTo(new[] { "q.x. 5 CNAME c.x." }));
            Assert.That(reply.Authority, Is.EqualTo(new[] { "x. 6 NS q.x." }));
            Assert.That(reply.Additional, Is.EqualTo(new[] { "g. 7 A 10.0.0.1" }));
            Assert.That(reply.Edns, Is.EqualTo("4096"), "our client's, not the upstream's");
            Assert.That(scene.Finish(), Has.Length.EqualTo(scene.Reply.Length + Edns.RecordSize), "no option");
        }
    }

    [TestCase(null, ResponseCode.ServerFailure)]
    [TestCase(1232, ResponseCode.BadCookie)]
    public void Adopt_ExtendedRcode_IsKeptWhereItCanBeSaid(int? udpSize, ResponseCode expected)
    {
        var source = new PacketBuilder(0x8187).Question("q.").Opt(512, 0x0100_0000).ToArray();
        ReplyReader.TryRead(source, out var fields);
        using var scene = ReplyScene.Of("q.", udpSize);

        scene.Reply.Adopt(source, fields);

        ReplyReader.TryRead(scene.Finish(), out var finished);
        Assert.That(finished.Code, Is.EqualTo(expected));
    }

    [Test]
    public void Adopt_MalformedRecord_TakesOverNothing()
    {
        var source = new PacketBuilder(0x8580).Question("q.")
            .Pointer(12).Record(Section.Answer, RecordType.A, 5, [1, 2, 3, 4])
            .Pointer(12).Record(Section.Answer, RecordType.A, 5, [1, 2, 3])
            .ToArray();
        ReplyReader.TryRead(source, out var fields);
        using var scene = ReplyScene.Of("q.");
        var empty = scene.Finish();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Reply.Adopt(source, fields), Is.False);
            Assert.That(scene.Finish(), Is.EqualTo(empty));
        }
    }

    [Test]
    public void Adopt_ReplyWithoutQuestion_StandsBehindOurs()
    {
        var source = new PacketBuilder(0x8181).ToArray();
        ReplyReader.TryRead(source, out var fields);
        using var scene = ReplyScene.Of("q.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Reply.Adopt(source, fields), Is.True);
            Assert.That(scene.Finish(), Is.EqualTo(AnnotatedHex.Parse("12 34 81 81 00 01 00 00 00 00 00 00 01 \"q\" 00 00 01 00 01")));
        }
    }

    [Test]
    public void Adopt_ReplyThatDoesNotFitHere_IsTruncated()
    {
        // Names that are pointers there and have to be written out here.
        var name = $"q.{new string('a', 30)}.";
        var source = new PacketBuilder(0x8180).Question(name);
        for (var i = 0; i < 3_000; i++)
        {
            source.Pointer(12).Record(Section.Answer, RecordType.AFSDB, 5, [0, 1, 0xC0, 12]);
        }

        ReplyReader.TryRead(source.ToArray(), out var fields);
        using var scene = ReplyScene.Of(name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Reply.Adopt(source.ToArray(), fields), Is.True);
            Assert.That(scene.Reply.IsTruncated, Is.True);
            Assert.That(scene.Finish(), Has.Length.InRange(65_535 - 48, 65_535));
        }
    }

    private static bool Copy(ReplyScene scene, RecordType type, byte[] data)
    {
        var source = new PacketBuilder(0x8180)
            .Question("far.x.")
            .Pointer(12).Record(Section.Additional, type, 5, data)
            .Octets(0, 0, 0, 0)
            .ToArray();
        var records = new RecordReader(source, 12 + 7 + 4);
        Assert.That(records.TryRead(out var record), Is.True);
        return scene.Reply.AddCopy(Section.Answer, source, record);
    }

    // Owner "far.x." with a pointer to the question's "x.", and what stands in front of the rdata.
    private static byte[] Fixed(RecordType type, int length) =>
    [
        3, (byte)'f', (byte)'a', (byte)'r', 0xC0, 14,
        (byte)((int)type >> 8), (byte)type, 0, 1, 0, 0, 0, 5, (byte)(length >> 8), (byte)length,
    ];

    private static ConformanceReply Decode(ReplyScene scene) => ReplyDecoder.Decode(scene.Packet, scene.Finish());

    private static string Zeros(int count) => string.Concat(Enumerable.Repeat(" 00", count)) + " ";

    private static TestCaseData Case(RecordType type, string data, string expected) =>
        new TestCaseData(type, AnnotatedHex.Parse(data), AnnotatedHex.Parse(expected)).SetArgDisplayNames(type.ToString(), data);

    private static TestCaseData Bad(RecordType type, string data) =>
        new TestCaseData(type, AnnotatedHex.Parse(data)).SetArgDisplayNames(type.ToString(), data);
}
