using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>What a query is answered with before anybody looks at its name. Each packet comes whole, with junk and cut.</summary>
internal sealed class QueryReaderTests
{
    private const string Header = "12 34 01 00 00 01 00 00 00 00 ";
    private const string Question = "06 \"Api-v1\" 03 \"svc\" 00  00 1C  00 01 ; Api-v1.svc. AAAA IN\n";

    private static readonly TestCaseData[] Accepted =
    [
        Case("Plain", Header + "00 00" + Question),
        Case("EveryFlagButQr", "12 34 07 FF 00 01 00 00 00 00 00 00" + Question),
        Case("Root", Header + "00 00 00 00 02 00 01"),
        Case("OneAnswer", "12 34 01 00 00 01 00 01 00 00 00 00" + Question + "C0 0C 00 01 00 01 00 00 00 05 00 04 0A 00 00 01"),
        Case("OneAuthority", "12 34 01 00 00 01 00 00 00 01 00 00" + Question + "C0 0C 00 06 00 01 00 00 00 05 00 00"),
        Case("OptAndTsig", Header + "00 02" + Question + "00 00 29 04 D0 00 00 00 00 00 00" + "00 00 FA 00 FF 00 00 00 00 00 02 01 02"),
        Case("TsigBeforeOpt", Header + "00 02" + Question + "00 00 FA 00 FF 00 00 00 00 00 00" + "00 00 29 04 D0 00 00 00 00 00 00"),
        Case("ClientSubnetTooShort", Header + "00 01" + Question + "00 00 29 04 D0 00 00 00 00 00 05" + "00 08 00 01 00"),
        Case("PaddingNotZero", Header + "00 01" + Question + "00 00 29 04 D0 00 00 00 00 00 06" + "00 0C 00 02 AB CD"),
    ];

    private static readonly TestCaseData[] Refused =
    [
        Case("Reply", "12 34 81 00 00 01 00 00 00 00 00 00" + Question, QueryVerdict.Silence),
        Case("ReplyWithOpcode", "12 34 A8 00 00 01 00 00 00 00 00 00" + Question, QueryVerdict.Silence),
        Case("InverseQuery", "12 34 08 00 00 01 00 00 00 00 00 00" + Question, QueryVerdict.NotImplemented),
        Case("Status", "12 34 10 00 00 00 00 00 00 00 00 00", QueryVerdict.NotImplemented),
        Case("Notify", "12 34 20 00 00 01 00 00 00 00 00 00" + Question, QueryVerdict.NotImplemented),
        Case("Update", "12 34 28 00 00 01 00 00 00 02 00 00" + Question, QueryVerdict.NotImplemented),
        Case("NoQuestion", "12 34 01 00 00 00 00 00 00 00 00 00", QueryVerdict.FormatError),
        Case("TwoQuestions", "12 34 01 00 00 02 00 00 00 00 00 00" + Question + Question, QueryVerdict.FormatError),
        Case("TwoAnswers", "12 34 01 00 00 01 00 02 00 00 00 00" + Question + Repeat("00 00 01 00 01 00 00 00 00 00 00", 2), QueryVerdict.FormatError),
        Case("TwoAuthorities", "12 34 01 00 00 01 00 00 00 02 00 00" + Question + Repeat("00 00 01 00 01 00 00 00 00 00 00", 2), QueryVerdict.FormatError),
        Case("ThreeAdditionals", Header + "00 03" + Question + Repeat("00 00 01 00 01 00 00 00 00 00 00", 3), QueryVerdict.FormatError),
        Case("CountsWithoutRecords", "12 34 01 00 00 01 FF FF FF FF FF FF" + Question, QueryVerdict.FormatError),
        Case("LabelType40", Header + "00 00" + "41 01 00 00 01 00 01", QueryVerdict.FormatError),
        Case("LabelType80", Header + "00 00" + "81 01 00 00 01 00 01", QueryVerdict.FormatError),
        Case("PointerToItself", Header + "00 00" + "C0 0C 00 01 00 01", QueryVerdict.FormatError),
        Case("PointerForward", Header + "00 00" + "C0 0E 00 00 01 00 01", QueryVerdict.FormatError),
        Case("PointerBack", Header + "00 00" + "01 \"a\" C0 00 00 01 00 01", QueryVerdict.FormatError),
        Case("Over255Octets", Header + "00 00" + Repeat("3F" + Repeat("61", 63), 4) + "00 00 01 00 01", QueryVerdict.FormatError),
        Case("OptTwice", Header + "00 02" + Question + Repeat("00 00 29 04 D0 00 00 00 00 00 00", 2), QueryVerdict.FormatError),
        Case("OptWithOwner", Header + "00 01" + Question + "01 \"a\" 00 00 29 04 D0 00 00 00 00 00 00", QueryVerdict.FormatError),
        Case("OptAsAnswer", "12 34 01 00 00 01 00 01 00 00 00 00" + Question + "00 00 29 04 D0 00 00 00 00 00 00", QueryVerdict.FormatError),
        Case("OptionOverruns", Header + "00 01" + Question + "00 00 29 04 D0 00 00 00 00 00 05" + "00 0A 00 08 01", QueryVerdict.FormatError),
        Case("OptionHeaderCut", Header + "00 01" + Question + "00 00 29 04 D0 00 00 00 00 00 03" + "00 0A 00", QueryVerdict.FormatError),
        Case("OwnerOver255Octets", Header + "00 01" + Question + Repeat("3F" + Repeat("61", 63), 4) + "00 00 01 00 01 00 00 00 00 00 00", QueryVerdict.FormatError),
    ];

    private static readonly TestCaseData[] CutShort =
    [
        Case("OneRecordTooMany", Header + "00 02" + Question + "00 00 29 04 D0 00 00 00 00 00 00", QueryVerdict.FormatError),
        Case("LabelOverrun", Header + "00 00" + "3F \"abc\" 00 00 01 00 01", QueryVerdict.FormatError),
        Case("NoTypeAndClass", Header + "00 00" + "01 \"a\" 00", QueryVerdict.FormatError),
        Case("DataOverrun", Header + "00 01" + Question + "00 00 29 04 D0 00 00 00 00 00 08 00 0A 00 04 01 02 03", QueryVerdict.FormatError),
    ];

    [TestCaseSource(nameof(Accepted))]
    public void Read_GoodQuery_IsAcceptedWholeAndWithJunk(byte[] packet)
    {
        foreach (var shape in PacketShapes.WithJunk(packet).Prepend(packet))
        {
            Assert.That(QueryReader.Read(shape, new QuestionName(), out _), Is.EqualTo(QueryVerdict.Accepted));
        }
    }

    [TestCaseSource(nameof(Accepted))]
    public void Read_GoodQueryCutAnywhere_IsRefused(byte[] packet)
    {
        foreach (var cut in PacketShapes.Cuts(packet))
        {
            var expected = cut.Length < MessageHeader.Size ? QueryVerdict.Silence : QueryVerdict.FormatError;
            Assert.That(QueryReader.Read(cut, new QuestionName(), out _), Is.EqualTo(expected), $"{cut.Length} octets");
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void Read_BadQuery_IsRefusedInEveryShape(byte[] packet, QueryVerdict verdict) =>
        ExpectRefused(PacketShapes.Cuts(packet).Concat(PacketShapes.WithJunk(packet)).Append(packet), verdict);

    [TestCaseSource(nameof(CutShort))]
    public void Read_QueryThatPromisesMore_IsRefused(byte[] packet, QueryVerdict verdict) =>
        ExpectRefused(PacketShapes.Cuts(packet).Append(packet), verdict);

    [Test]
    public void Read_Query_GivesItsFields()
    {
        var packet = AnnotatedHex.Parse(Header + "00 01" + Question + """
            00           ; OPT: root
            00 29 10 00  ; 4,096 octets
            00 00 80 00  ; DO
            00 05
            00 03 00 01 AB ; an option
            """);
        var name = new QuestionName();

        var verdict = QueryReader.Read(packet, name, out var query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict, Is.EqualTo(QueryVerdict.Accepted));
            Assert.That(query.Id, Is.EqualTo(0x1234));
            Assert.That(query.Flags, Is.EqualTo(MessageHeader.RecursionDesiredFlag));
            Assert.That(query.Type, Is.EqualTo(RecordType.AAAA));
            Assert.That(query.Class, Is.EqualTo(RecordClass.IN));
            Assert.That(query.QuestionEnd, Is.EqualTo(28));
            Assert.That(WireName.ToText(name.Wire), Is.EqualTo("api-v1.svc."));
            Assert.That(query.Edns, Is.EqualTo(new Edns(true, 4096, true, 0, OptionsOffset: 39, OptionsLength: 5)));
            Assert.That(query.Edns.UdpLimit, Is.EqualTo(4096));
        }
    }

    [Test]
    public void Read_OptOfVersionOne_IsBadVersionWithAllFields()
    {
        var packet = new PacketBuilder().Question("a.").Opt(1232, 0x0001_8000).ToArray();

        var verdict = QueryReader.Read(packet, new QuestionName(), out var query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict, Is.EqualTo(QueryVerdict.BadVersion));
            Assert.That(query.QuestionEnd, Is.EqualTo(19));
            Assert.That(query.Edns.Version, Is.EqualTo(1));
            Assert.That(query.Edns.DnssecOk, Is.True);
        }
    }

    [TestCase(0, 512)]
    [TestCase(511, 512)]
    [TestCase(512, 512)]
    [TestCase(513, 513)]
    [TestCase(65535, 65507)]
    public void Read_PayloadSize_IsKeptAndLimitsTheReplyFrom512(int size, int limit)
    {
        QueryReader.Read(new PacketBuilder().Question("a.").Opt(size).ToArray(), new QuestionName(), out var query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Edns.PayloadSize, Is.EqualTo(size));
            Assert.That(query.Edns.UdpLimit, Is.EqualTo(limit));
        }
    }

    [Test]
    public void Read_QueryWithoutOpt_LimitsTheReplyTo512()
    {
        QueryReader.Read(new PacketBuilder().Question("a.").ToArray(), new QuestionName(), out var query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Edns, Is.EqualTo(default(Edns)));
            Assert.That(query.Edns.UdpLimit, Is.EqualTo(512));
        }
    }

    [Test]
    public void Read_EveryNameOfThreeOctets_IsTakenForWhatItIs()
    {
        byte[] packet = [.. new PacketBuilder().WithCounts(1, 0, 0, 0).ToArray(), 0, 0, 0, 0, 0, 1, 0, 1];
        var name = new QuestionName();
        for (var octets = 0; octets < 1 << 24; octets++)
        {
            (packet[12], packet[13], packet[14]) = ((byte)(octets >> 16), (byte)(octets >> 8), (byte)octets);
            var expected = IsQuestion(packet.AsSpan(12)) ? QueryVerdict.Accepted : QueryVerdict.FormatError;
            if (QueryReader.Read(packet, name, out _) != expected)
            {
                Assert.Fail($"Not {expected}: {Convert.ToHexString(packet)}");
            }
        }
    }

    [Test]
    public void Read_EveryRecordBeginningWithThreeOctets_IsWalkedWithinThePacket()
    {
        byte[] packet = [.. new PacketBuilder().Question(".").WithCounts(1, 0, 0, 1).ToArray(), .. new byte[16]];
        var name = new QuestionName();
        for (var octets = 0; octets < 1 << 24; octets++)
        {
            (packet[17], packet[18], packet[19]) = ((byte)(octets >> 16), (byte)(octets >> 8), (byte)octets);
            var skip = OwnerLength(packet.AsSpan(17));
            var isWhole = skip > 0 && skip + 10 + (packet[17 + skip + 8] << 8) + packet[17 + skip + 9] <= 16;
            if (QueryReader.Read(packet, name, out _) == QueryVerdict.FormatError == isWhole)
            {
                Assert.Fail($"Whole: {isWhole}: {Convert.ToHexString(packet)}");
            }
        }
    }

    // Both say it in another way than the code: the octets that a name or question needs, or too many.
    private static bool IsQuestion(ReadOnlySpan<byte> octets) => octets switch
    {
        [] or [> 63, ..] => false,
        [0, .. var fields] => fields.Length >= 4,
        [var size, .. var rest] => rest.Length > size && IsQuestion(rest[size..]),
    };

    private static int OwnerLength(ReadOnlySpan<byte> octets) => octets switch
    {
        [0, ..] => octets.Length > 10 ? 1 : 0,
        [>= 0xC0, ..] => octets.Length > 11 ? 2 : 0,
        [var size and < 64, .. var rest] when rest.Length > size && OwnerLength(rest[size..]) is > 0 and var next => 1 + size + next,
        _ => 0,
    };

    private static void ExpectRefused(IEnumerable<byte[]> packets, QueryVerdict verdict)
    {
        var name = new QuestionName();
        foreach (var packet in packets)
        {
            var expected = packet.Length < MessageHeader.Size ? QueryVerdict.Silence : verdict;
            Assert.That(QueryReader.Read(packet, name, out _), Is.EqualTo(expected), $"{packet.Length} octets");
        }
    }

    private static TestCaseData Case(string name, string hex) =>
        new TestCaseData(AnnotatedHex.Parse(hex)).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, string hex, QueryVerdict verdict) =>
        new TestCaseData(AnnotatedHex.Parse(hex), verdict).SetArgDisplayNames(name, verdict.ToString());

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
