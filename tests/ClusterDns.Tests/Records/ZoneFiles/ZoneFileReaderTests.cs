using NUnit.Framework;

namespace ClusterDns.Tests.Records.ZoneFiles;

/// <summary>What zone files look like, and the records in them.</summary>
[TestFixture]
internal sealed class ZoneFileReaderTests
{
    [TestCase("www 60 IN A 192.0.2.1", "www.example.org. 60 IN A 192.0.2.1")]
    [TestCase("www IN 60 A 192.0.2.1", "www.example.org. 60 IN A 192.0.2.1")]
    [TestCase("www A 192.0.2.1", "www.example.org. 3600 IN A 192.0.2.1")]
    [TestCase("www.example.net. 1h30m A 192.0.2.1", "www.example.net. 5400 IN A 192.0.2.1")]
    [TestCase("@ 60 MX 10 mail", "example.org. 60 IN MX 10 mail.example.org.")]
    [TestCase("mx 60 MX 10 @", "mx.example.org. 60 IN MX 10 example.org.")]
    [TestCase("a 60 A 192.0.2.1", "a.example.org. 60 IN A 192.0.2.1")]
    [TestCase("*.x 60 CNAME www.example.net.", "*.x.example.org. 60 IN CNAME www.example.net.")]
    [TestCase("a\\.b 60 PTR c\\.", "a\\.b.example.org. 60 IN PTR c\\..example.org.")]
    [TestCase("a 60 PTR c\\\\.", "a.example.org. 60 IN PTR c\\\\.")]
    [TestCase("a 60 TXT \"x;y\" z ; comment (\"", "a.example.org. 60 IN TXT \"x;y\" \"z\"")]
    [TestCase("a 60 TXT \"ä\"", "a.example.org. 60 IN TXT \"\\195\\164\"")]
    [TestCase("a 60 TYPE65280 \\# 2 abcd", "a.example.org. 60 IN TYPE65280 \\# 2 ABCD")]
    [TestCase("a 60 CLASS1 TYPE1 \\# 4 c0000201", "a.example.org. 60 IN A 192.0.2.1")]
    [TestCase("a 60 NSEC b A RRSIG", "a.example.org. 60 IN NSEC b.example.org. A RRSIG")]
    [TestCase("a 60 NSEC @ A", "a.example.org. 60 IN NSEC example.org. A")]
    [TestCase("a 60 RRSIG A 13 2 60 20260201000000 20260101000000 1 @ YQ==", "a.example.org. 60 IN RRSIG A 13 2 60 20260201000000 20260101000000 1 example.org. YQ==")]
    [TestCase("a 60 SVCB 1 b alpn=h2", "a.example.org. 60 IN SVCB 1 b.example.org. alpn=\"h2\"")]
    [TestCase("a 60 SVCB 1 . alpn=h2", "a.example.org. 60 IN SVCB 1 . alpn=\"h2\"")]
    [TestCase("\uFEFFa 60 A 192.0.2.1", "a.example.org. 60 IN A 192.0.2.1")]
    [TestCase("a 60 A 192.0.2.1\r\n", "a.example.org. 60 IN A 192.0.2.1")]
    public void Record_AsPeopleWriteIt_IsRead(string text, string expected) =>
        Assert.That(new ZoneText().Read(text), Is.EqualTo([expected]));

    [Test]
    public void Record_OverSeveralLines_IsOne() =>
        Assert.That(
            new ZoneText().Read("@ 60 SOA ns hostmaster ( ; begins\n 2026010101 ; serial\n\n 7200 1h\n 2w 300 )\nwww 60 A 192.0.2.1\n"),
            Is.EqualTo(["example.org. 60 IN SOA ns.example.org. hostmaster.example.org. 2026010101 7200 3600 1209600 300", "www.example.org. 60 IN A 192.0.2.1"]));

    [Test]
    public void Owner_LeftOut_IsThatOfTheRecordBefore() =>
        Assert.That(
            new ZoneText().Read("www 60 A 192.0.2.1\n\n ; nothing\n\t60 AAAA ::1\n 60 TXT a\n"),
            Is.EqualTo(["www.example.org. 60 IN A 192.0.2.1", "www.example.org. 60 IN AAAA ::1", "www.example.org. 60 IN TXT \"a\""]));

    [Test]
    public void TimeToLive_LeftOut_IsTheDefaultThenTheLastThenTheMinimum() =>
        Assert.That(
            new ZoneText().Read("@ SOA . . 1 2 3 4 50\na A 192.0.2.1\nb 70 A 192.0.2.1\nc A 192.0.2.1\n$TTL 2m\nd A 192.0.2.1\ne 80 A 192.0.2.1\nf A 192.0.2.1").Select(line => line.Split(' ')[1]),
            Is.EqualTo(["50", "50", "70", "70", "120", "80", "120"]));

    [Test]
    public void Origin_Changed_CountsFromThereOn() =>
        Assert.That(
            new ZoneText().Read("a 60 NS b\n$ORIGIN sub\na 60 NS b\n$origin example.net.\n@ 60 NS a\n$ORIGIN .\na 60 NS b"),
            Is.EqualTo(["a.example.org. 60 IN NS b.example.org.", "a.sub.example.org. 60 IN NS b.sub.example.org.", "example.net. 60 IN NS a.example.net.", "a. 60 IN NS b."]));

    [Test]
    public void Include_OfAFileBeside_HasItsOwnOriginAndTimeToLive() =>
        Assert.That(
            new ZoneText()
                .With("/zones/hosts", "www A 192.0.2.1\n$TTL 7\n$ORIGIN x\nwww A 192.0.2.2")
                .Read("$TTL 60\n@ NS a\n$INCLUDE hosts sub\n NS b\n$INCLUDE /zones/hosts ; again"),
            Is.EqualTo(
            [
                "example.org. 60 IN NS a.example.org.", "www.sub.example.org. 60 IN A 192.0.2.1", "www.x.sub.example.org. 7 IN A 192.0.2.2",
                "example.org. 60 IN NS b.example.org.", "www.example.org. 60 IN A 192.0.2.1", "www.x.example.org. 7 IN A 192.0.2.2",
            ]));

    [TestCase("$GENERATE 1-3 host$ 60 A 10.0.0.$", "host1 10.0.0.1", "host2 10.0.0.2", "host3 10.0.0.3")]
    [TestCase("$GENERATE 0-4/2 h${10,4} 60 A 10.0.0.${1}", "h0010 10.0.0.1", "h0012 10.0.0.3", "h0014 10.0.0.5")]
    [TestCase("$GENERATE 10-11 h${0,3,x} 60 A 10.0.${-9,0,d}.1", "h00a 10.0.1.1", "h00b 10.0.2.1")]
    [TestCase("$GENERATE 8-8 $$-h\\$${0,0,o}X 60 A 10.0.0.1", "\\$-h\\$10X 10.0.0.1")]
    public void Generate_OfARange_IsARecordForEachNumber(string text, params string[] expected) =>
        Assert.That(
            new ZoneText().Read(text),
            Is.EqualTo(expected.Select(line => line.Split(' ')).Select(words => $"{words[0]}.example.org. 60 IN A {words[1]}")));

    [TestCase("", TestName = "Empty_File_HasNoRecord")]
    [TestCase("\n\n ; nothing\n  \t\n ( ; still\n )\n", TestName = "Blank_File_HasNoRecord")]
    public void File_WithoutRecords_GivesNone(string text) => Assert.That(new ZoneText().Read(text), Is.Empty);
}
