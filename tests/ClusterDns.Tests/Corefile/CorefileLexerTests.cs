using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class CorefileLexerTests
{
    [Test]
    public void Words_BetweenAnyWhiteSpace_KeepTheirLines()
    {
        Assert.That(Lex("a b\tc\n\n  d\u00A0e\fg\n"), Is.EqualTo(["1:a", "1:b", "1:c", "3:d", "3:e", "3:g"]));
    }

    [Test]
    public void Words_OfAnEmptyText_AreNone([Values("", " ", "\n\n", "# only a comment", "\uFEFF", "\r\n")] string text)
    {
        Assert.That(Lex(text), Is.Empty);
    }

    [Test]
    public void ByteOrderMark_AtTheStart_IsDroppedOnce()
    {
        Assert.That(Lex("\uFEFF\uFEFF.:53"), Is.EqualTo(["1:\uFEFF.:53"]));
    }

    [Test]
    public void CarriageReturn_InsideAWord_NeitherStaysNorSeparates()
    {
        Assert.That(Lex("a\rb c\r\nd\r\n"), Is.EqualTo(["1:ab", "1:c", "2:d"]));
    }

    [Test]
    public void QuotedWord_OverSeveralLines_StandsOnItsFirst()
    {
        Assert.That(Lex("a \"b\nc\n\" d\ne"), Is.EqualTo(["1:a", "1:b\nc\n", "3:d", "4:e"]));
    }

    [TestCase("""log "{name} {rcode}" x""", "1:log", "1:{name} {rcode}", "1:x")]
    [TestCase("""a "" b""", "1:a", "1:", "1:b")]
    [TestCase("""a "b"c d""", "1:a", "1:b", "1:c", "1:d")]
    [TestCase("""a"b c"d""", "1:a\"b", "1:c\"d")]
    [TestCase("\"a # b\" c", "1:a # b", "1:c")]
    public void Quote_StartsAWordOnlyWhereAWordStarts(string text, params string[] words)
    {
        Assert.That(Lex(text), Is.EqualTo(words));
    }

    [TestCase("""
        "say \"no\""
        """, "1:say \"no\"")]
    [TestCase("""
        "^foogle\.com\.$"
        """, @"1:^foogle\.com\.$")]
    [TestCase("""
        "\\" x
        """, @"1:\\", "1:x")]
    [TestCase("""
        "\\\"" x
        """, @"1:\\""", "1:x")]
    [TestCase(@"a\""b", @"1:a\""b")]
    public void Backslash_EscapesAQuoteAndNothingElse(string text, params string[] words)
    {
        Assert.That(Lex(text), Is.EqualTo(words));
    }

    [Test]
    public void QuotedWord_WithoutAnEnd_RunsToTheEndOfTheFile()
    {
        Assert.That(Lex("a \"b\n}\n"), Is.EqualTo(["1:a", "1:b\n}\n"]));
    }

    [TestCase("a # b c\nd", "1:a", "2:d")]
    [TestCase("a #b \"c\nd", "1:a", "2:d")]
    [TestCase("bind 127.0.0.1#c nosuchif", "1:bind", "1:127.0.0.1", "1:nosuchif")]
    [TestCase("a#\"b c\" d", "1:a", "1:c\"", "1:d")]
    [TestCase("\"a\"#b c\nd", "1:a", "2:d")]
    public void Comment_GluedToAWord_EndsAtWhiteSpace_OthersAtTheLine(string text, params string[] words)
    {
        Assert.That(Lex(text), Is.EqualTo(words));
    }

    [Test]
    public void Braces_InsideWords_ArePartOfThem()
    {
        Assert.That(Lex("health{ {{ .Name }} .:53{"), Is.EqualTo(["1:health{", "1:{{", "1:.Name", "1:}}", "1:.:53{"]));
    }

    [Test]
    public void Words_OverTheLimit_FailWithTheirLine()
    {
        var text = string.Concat(Enumerable.Repeat("a\n", CorefileLimits.MaxTokens + 1));

        Assert.That(
            () => CorefileLexer.ReadAll(text, "Corefile"),
            Throws.TypeOf<CorefileException>().With.Message
                .EqualTo("Corefile:1000001 - Error during parsing: more than 1000000 words in one file"));
    }

    private static string[] Lex(string text) =>
        [.. CorefileLexer.ReadAll(text, "Corefile").Select(token => $"{token.Line}:{token.Text}")];
}
