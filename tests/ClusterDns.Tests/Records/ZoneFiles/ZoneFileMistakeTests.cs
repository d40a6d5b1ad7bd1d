using System.Text;
using ClusterDns.Records.ZoneFiles;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Records.ZoneFiles;

/// <summary>Files that are wrong, and files made to hurt: a sentence with file and line, and nothing thrown.</summary>
[TestFixture]
internal sealed class ZoneFileMistakeTests
{
    private const string Good = "a 60 A 192.0.2.1\n";

    [TestCase("a..b 60 A 192.0.2.1", "'a..b' is not a domain name")]
    [TestCase("\"a\" 60 A 192.0.2.1", "'a' is not a domain name")]
    [TestCase("a", "the record has no type")]
    [TestCase("a 60 IN", "the record has no type")]
    [TestCase("a 60 NOTYPE x", "'NOTYPE' is not a record type")]
    [TestCase("a 60 ANY x", "there are no records of type ANY in zones")]
    [TestCase("a 60 CH TXT x", "a record of class CH is in no zone of class IN")]
    [TestCase("a 99999999999 A 192.0.2.1", "'99999999999' is not a TTL")]
    [TestCase("a 60 A 192.0.2", "'192.0.2' is not an IPv4 address")]
    [TestCase("a 60 A", "the record's data ends too early")]
    [TestCase("a 60 A 192.0.2.1 x", "'x' is more than the record's type has")]
    [TestCase("a 60 TXT \"x", "a quote is not closed")]
    [TestCase("a 60 TXT \"x\ny\"", "a quote is not closed")]
    [TestCase("a 60 TXT ( x\ny\n", "a parenthesis is not closed")]
    [TestCase("a 60 TXT x )", "a closing parenthesis has no opening one")]
    [TestCase("a 60 TXT x\0", "there is a control character, which is written \\000")]
    [TestCase("a 60 TXT \"\u001b[2J\"", "there is a control character, which is written \\027")]
    [TestCase("$TTL", "$TTL needs one TTL")]
    [TestCase("$TTL x", "$TTL needs one TTL")]
    [TestCase("$ORIGIN", "$ORIGIN needs one domain name")]
    [TestCase("$ORIGIN a b", "$ORIGIN needs one domain name")]
    [TestCase("$INCLUDE", "$INCLUDE needs a file, and may have an origin")]
    [TestCase("$INCLUDE gone", "'gone' cannot be included: no /zones/gone")]
    [TestCase("$INCLUDE a ..", "'..' is not a domain name")]
    [TestCase("$DATE x", "'$DATE' is not a directive of zone files")]
    [TestCase("$GENERATE 1-3", "$GENERATE needs START-STOP or START-STOP/STEP, then a record")]
    [TestCase("$GENERATE 3-1 a A 192.0.2.1", "$GENERATE needs START-STOP or START-STOP/STEP, then a record")]
    [TestCase("$GENERATE 1-3/0 a A 192.0.2.1", "$GENERATE needs START-STOP or START-STOP/STEP, then a record")]
    [TestCase("$GENERATE 1-65536 a A 192.0.2.1", "$GENERATE needs START-STOP or START-STOP/STEP, then a record")]
    [TestCase("$GENERATE 1-3 a${ A 192.0.2.1", "'a${' has a $ that $GENERATE does not understand")]
    [TestCase("$GENERATE 1-3 a${0,999999999} A 192.0.2.1", "'a${0,999999999}' has a $ that $GENERATE does not understand")]
    [TestCase("$GENERATE 1-3 a A 192.0.2.${-2}", "'192.0.2.${-2}' has a $ that $GENERATE does not understand")]
    public void Mistake_InTheSecondRecord_IsToldWithItsPlace(string text, string error)
    {
        // Of a record over several lines the first is told, of a quote that is not closed as well.
        Assert.That(
            new ZoneText().Read($"{Good}; comment\n{text}"),
            Is.EqualTo(["a.example.org. 60 IN A 192.0.2.1", $"{ZoneText.Path}:3: {error}"]));
    }

    [Test]
    public void Owner_LeftOutByTheFirstRecord_IsAMistake() =>
        Assert.That(
            new ZoneText().Read("\n 60 A 192.0.2.1"),
            Is.EqualTo([$"{ZoneText.Path}:2: the first record begins with a blank, and no record before it has an owner"]));

    [Test]
    public void Mistake_InAnIncludedFile_HasThatFilesPlace() =>
        Assert.That(
            new ZoneText().With("/zones/sub/x", "\n$INCLUDE y").With("/zones/sub/y", "\n\nb 60 A x").Read($"{Good}$INCLUDE sub/x")[^1],
            Is.EqualTo("/zones/sub/y:3: 'x' is not an IPv4 address"));

    [Test]
    public void File_IncludingItself_EndsAtTheBound() =>
        Assert.That(
            new ZoneText().With(ZoneText.Path, "$INCLUDE db.test").Read("$INCLUDE db.test"),
            Is.EqualTo([$"{ZoneText.Path}:1: more than 7 files include one another"]));

    [Test]
    public void File_IncludingManyThatIncludeMany_EndsAtTheBound()
    {
        var text = new ZoneText();
        for (var depth = 0; depth < ZoneFileLimits.MaxIncludeDepth; depth++)
        {
            text.With($"/zones/{depth}", string.Concat(Enumerable.Repeat($"$INCLUDE {depth + 1}\n", 1000)));
        }

        text.With($"/zones/{ZoneFileLimits.MaxIncludeDepth}", "");
        text.With($"/zones/{ZoneFileLimits.MaxIncludeDepth - 1}", new string('\n', 1_000_000));
        Assert.That(text.Read("$INCLUDE 0")[^1], Does.EndWith("there are more than 134217728 octets, included files among them"));
    }

    [Test]
    public void Records_MoreThanTheBound_AreAMistake()
    {
        var lines = string.Concat(Enumerable.Range(0, 16).Select(i => $"$GENERATE 0-65535 h$.{i} 60 A 10.0.0.1\n"));
        using var reader = new ZoneText().Open(Encoding.UTF8.GetBytes(lines));
        var count = 0;
        while (reader.TryRead(out _))
        {
            count++;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(ZoneFileLimits.MaxRecords));
            Assert.That(reader.Error, Is.EqualTo($"{ZoneText.Path}:16: there are more than 1000000 records"));
        }
    }

    [TestCase("a 60 TXT (", "x ", TestName = "Record_WithoutEnd_IsAMistake")]
    [TestCase("a 60 TXT \"", "x", TestName = "Quote_WithoutEnd_IsAMistake")]
    [TestCase("", "aa", TestName = "Word_WithoutEnd_IsAMistake")]
    public void Entry_LongerThanTheBound_IsAMistake(string begin, string more)
    {
        var text = begin + string.Concat(Enumerable.Repeat(more, ZoneFileLimits.MaxEntryLength));
        Assert.That(new ZoneText().Read(text), Is.EqualTo([$"{ZoneText.Path}:1: the record has more than 524288 octets"]));
    }

    [Test]
    public void Comment_LongerThanAnyBoundOfRecords_IsPassedOver() =>
        Assert.That(
            new ZoneText().Read($"{Good};{new string('(', 2 * ZoneFileLimits.MaxEntryLength)}\n{Good}"), Has.Count.EqualTo(2));

    [Test]
    public void Octets_ThatAreNoText_AreAMistake() =>
        Assert.That(
            new ZoneText().Read([.. "a 60 A 192.0.2.1\nb 60 TXT "u8, 0xE4, (byte)'\n'])[^1],
            Is.EqualTo($"{ZoneText.Path}:2: the octets are not UTF-8; any octet can be written as \\DDD"));

    [Test]
    public void Name_TooLongWithItsOrigin_IsAMistake()
    {
        var label = new string('a', 63);
        Assert.That(
            new ZoneText().Read($"$ORIGIN {label}.{label}.{label}.\n{label} 60 A 192.0.2.1"),
            Is.EqualTo([$"{ZoneText.Path}:2: '{label[..60]}...' is not a domain name"]));
    }

    [Test]
    public void File_CutAnywhere_IsReadUpToThere()
    {
        var octets = Encoding.UTF8.GetBytes("$TTL 60\n@ SOA ns h (\n 1 2\n 3 4 5 )\na TXT \"x\\\"y\" ; z\n  MX 10 \\097\n$GENERATE 1-2 h$ A 10.0.0.$\n");
        var whole = new ZoneText().Read(octets);
        for (var length = 0; length < octets.Length; length++)
        {
            var lines = new ZoneText().Read(octets[..length]);
            Assert.That(lines, Has.Count.LessThanOrEqualTo(whole.Count), $"cut at {length}");
        }
    }

    [Test]
    public void File_OfAnyOctets_IsReadOrRefused()
    {
        string[] words =
        [
            "$ORIGIN", "$TTL", "$INCLUDE", "$GENERATE", "1-3", "$", "${0,2,x}", "@", "a", "b.c", ".", "60", "IN", "A", "SOA", "TXT", "NSEC",
            "RRSIG", "192.0.2.1", "\"", "(", ")", ";", "\n", "\n ", "\\", "\\#", "\0", "\\999", "1", "2", "\u00e4", "self",
        ];
        Gen.Int[0, words.Length - 1].Array[0, 60].Sample(
            numbers =>
            {
                var text = string.Join(' ', numbers.Select(number => words[number]));
                _ = new ZoneText().With("/zones/self", text).With("/zones/a", Good).Read(text);
            },
            iter: 20_000);
        Gen.Byte.Array[0, 200].Sample(octets => _ = new ZoneText().Read(octets), iter: 5_000);
    }
}
