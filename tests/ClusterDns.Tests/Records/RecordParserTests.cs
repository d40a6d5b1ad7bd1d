using ClusterDns.Records;
using NUnit.Framework;

namespace ClusterDns.Tests.Records;

[TestFixture]
internal sealed class RecordParserTests
{
    // Each means: www.example.org. 60 IN A 192.0.2.1
    [TestCase("www.example.org. 60 IN A 192.0.2.1")]
    [TestCase("www.example.org 60 IN A 192.0.2.1", TestName = "Names without final dot are absolute")]
    [TestCase("www.example.org. IN 60 A 192.0.2.1")]
    [TestCase("www.example.org. 60 A 192.0.2.1")]
    [TestCase("www.example.org. 1m in a 192.0.2.1")]
    [TestCase("  www.example.org.\t60\tCLASS1  TYPE1   192.0.2.1 ; a comment\r\n\n ; another\n")]
    [TestCase("www.example.org. 60 IN A ( 192.0.2.1 )")]
    [TestCase("www.example.org. ( 60 ; seconds\n IN A\n 192.0.2.1 )\n")]
    [TestCase(@"www.example.org. 60 IN A \# 4 C0000201")]
    [TestCase(@"www.example.org. 60 IN A \# 4 c0 00 (02 01)")]
    public void Record_WrittenInEveryWay_IsTheSame(string text) =>
        Assert.That(Normalize(text), Is.EqualTo("www.example.org. 60 IN A 192.0.2.1"));

    [TestCase("a A 192.0.2.1", "a. 3600 IN A 192.0.2.1", TestName = "TTL is an hour where none is written")]
    [TestCase("a 0 A 192.0.2.1", "a. 0 IN A 192.0.2.1", TestName = "TTL 0 stays")]
    [TestCase("a 1w2d3h4m5s A 192.0.2.1", "a. 788645 IN A 192.0.2.1")]
    [TestCase("a 2147483647 A 192.0.2.1", "a. 2147483647 IN A 192.0.2.1")]
    [TestCase("mx A 192.0.2.1", "mx. 3600 IN A 192.0.2.1", TestName = "An owner that looks like a type")]
    [TestCase("in 60 A 192.0.2.1", "in. 60 IN A 192.0.2.1", TestName = "An owner that looks like a class")]
    [TestCase("60 IN A 192.0.2.1", "60. 3600 IN A 192.0.2.1", TestName = "An owner that looks like a TTL")]
    [TestCase("@ NS @", ". 3600 IN NS .")]
    [TestCase(". NS A.root.test", ". 3600 IN NS A.root.test.")]
    [TestCase("*.A MX 5 b", "*.A. 3600 IN MX 5 b.")]
    [TestCase("version.bind. 0 CH TXT \"1\"", "version.bind. 0 CH TXT \"1\"")]
    [TestCase("a TXT one two", "a. 3600 IN TXT \"one\" \"two\"")]
    [TestCase("a TXT \"one two\"\"three\"", "a. 3600 IN TXT \"one two\" \"three\"")]
    [TestCase(@"a TXT \""x\; \065\\", @"a. 3600 IN TXT ""\""x;"" ""A\\""")]
    [TestCase("a TXT é", @"a. 3600 IN TXT ""\195\169""")]
    [TestCase("a TXT \"(;)\"", "a. 3600 IN TXT \"(;)\"")]
    [TestCase("a SOA b c ( 1 1h 30m 1d 60 )", "a. 3600 IN SOA b. c. 1 3600 1800 86400 60")]
    [TestCase("a HTTPS 1 . alpn=\"h2,h3\" port=443", "a. 3600 IN HTTPS 1 . alpn=\"h2,h3\" port=443")]
    [TestCase("a CERT 3 0 0 ( AA\n EC )", "a. 3600 IN CERT 3 0 0 AAEC")]
    [TestCase(@"a TYPE64 \# 3 000000", "a. 3600 IN SVCB 0 .")]
    [TestCase(@"a CLASS9 A \# 2 0102", @"a. 3600 CLASS9 A \# 2 0102")]
    public void Record_Read_MeansThis(string text, string expected) => Assert.That(Normalize(text), Is.EqualTo(expected));

    [TestCase("", "there is no record")]
    [TestCase(" ; nothing\n", "there is no record")]
    [TestCase("a..b 60 IN A 192.0.2.1", "'a..b' is not a domain name")]
    [TestCase("é A 192.0.2.1", "'é' is not a domain name")]
    [TestCase("a", "the record has no type")]
    [TestCase("a 60 IN", "the record has no type")]
    [TestCase("a 1x A 192.0.2.1", "'1x' is not a TTL")]
    [TestCase("a 2147483648 A 192.0.2.1", "'2147483648' is not a TTL")]
    [TestCase("a IN FOO 192.0.2.1", "'FOO' is not a record type")]
    [TestCase("a IN IN A 192.0.2.1", "'IN' is not a record type")]
    [TestCase("a TYPE65536 x", "'TYPE65536' is not a record type")]
    [TestCase("a ANY x", "there are no records of type ANY in zones")]
    [TestCase("a OPT x", "there are no records of type OPT in zones")]
    [TestCase("a AXFR", "there are no records of type AXFR in zones")]
    [TestCase("a TYPE65280 x", @"rdata of type TYPE65280 can only be written as \# LENGTH HEX")]
    [TestCase("a CH A 192.0.2.1", @"rdata of type A can only be written as \# LENGTH HEX")]
    [TestCase("a A", "the record's data ends too early")]
    [TestCase("a A 192.0.2.1 192.0.2.2", "'192.0.2.2' is more than the record's type has")]
    [TestCase("a A 192.0.2", "'192.0.2' is not an IPv4 address")]
    [TestCase("a A ::1", "'::1' is not an IPv4 address")]
    [TestCase("a AAAA 192.0.2.1", "'192.0.2.1' is not an IPv6 address")]
    [TestCase("a MX 65536 b", "'65536' is not a number up to 65535")]
    [TestCase("a MX -1 b", "'-1' is not a number up to 65535")]
    [TestCase("a CAA 256 issue x", "'256' is not a number up to 255")]
    [TestCase("a SOA b c 4294967296 1 1 1 1", "'4294967296' is not a number up to 4294967295")]
    [TestCase("a SOA b c 1 x 1 1 1", "'x' is not a number of seconds")]
    [TestCase("a CNAME b..c", "'b..c' is not a domain name")]
    [TestCase("a CNAME \"b\"", "'b' is not a domain name")]
    [TestCase("a L64 1 1:2:3", "'1:2:3' is not four hexadecimal groups")]
    [TestCase("a CERT PGP 0 0 AAEC", "'PGP' is not a number up to 65535")]
    [TestCase("a CERT 3 0 0 AAE", "'AAE' is not base64")]
    [TestCase("a CERT 3 0 0 \"\"", "'' is not base64")]
    [TestCase(@"a TXT \256", @"'\256' is not a text of at most 255 octets")]
    [TestCase(@"a URI 1 1 \", @"'\' is not a text")]
    [TestCase("a TXT \"x", "a quote is not closed")]
    [TestCase("a TXT x\"y", "a quote is not closed")]
    [TestCase("a ( A 192.0.2.1", "a parenthesis is not closed")]
    [TestCase("a A 192.0.2.1 )", "a closing parenthesis has no opening one")]
    [TestCase("a A 192.0.2.1\nb A 192.0.2.2", "there is more than one line")]
    [TestCase(@"a A \# 3 010203", "the octets are no rdata of type A")]
    [TestCase(@"a DS \# 1 01", "the octets are no rdata of type DS")]
    [TestCase(@"a TYPE9 \# x", @"\# needs the number of octets behind it")]
    [TestCase(@"a TYPE9 \#", @"\# needs the number of octets behind it")]
    [TestCase(@"a TYPE999 \# 2 01", @"\# 2 needs 4 hexadecimal digits and has 2")]
    [TestCase(@"a TYPE999 \# 1 0x", @"what follows \# is not hexadecimal")]
    [TestCase("a DS x", "'x' is no rdata of type DS")]
    [TestCase("a DS", "'' is no rdata of type DS")]
    [TestCase(@"a NSEC \200.example.org. A", @"'\200.example.org.' has characters outside ASCII, which type NSEC cannot have here")]
    public void Record_WithAMistake_IsToldWhatIsWrong(string text, string expected) =>
        Assert.That(Mistake(text), Is.EqualTo(expected));

    [Test]
    public void Text_LongerThanTheBound_IsRefused() =>
        Assert.That(Mistake(new string('a', RecordParser.MaxTextLength + 1)), Does.Contain("is too long"));

    [Test]
    public void Data_LongerThanARecordHolds_IsRefused() =>
        Assert.That(
            Mistake("a TXT " + string.Join(' ', Enumerable.Repeat(new string('x', 255), 257))),
            Is.EqualTo("the record's data has more than 65535 octets"));

    [TestCase(256)]
    [TestCase(1000)]
    public void CharacterString_Over255Octets_IsRefused(int length) =>
        Assert.That(Mistake($"a TXT {new string('x', length)}"), Does.EndWith("is not a text of at most 255 octets"));

    private static string Normalize(string text)
    {
        Assert.That(RecordParser.TryParse(text, out var record, out var error), Is.True, error);
        return RecordText.Format(record!);
    }

    private static string? Mistake(string text)
    {
        Assert.That(RecordParser.TryParse(text, out _, out var error), Is.False);
        return error;
    }
}
