using ClusterDns.Corefile;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

/// <summary>What holds for every text, and for every text that is nearly a Corefile.</summary>
[TestFixture]
internal sealed class CorefilePropertyTests
{
    private const int Iterations = 5_000;

    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcz019.:-/*@ \t\n#\"{}$%()é,"], 1, 8]
        .Where(word => word is not ("{" or "}" or "import") && !word.Contains("{$") && !word.Contains("{%"));

    private static readonly Gen<string> Fragment = Gen.OneOf(
        "{", "}", "{\n", "}\n", " ", "\n", "\r\n", "\t", "\"", "\\", "\\\"", "#", ",", "\uFEFF", "\0",
        "import ", "import a\n", "import b\n", "import /*\n", "(a) {\n", "(b) {\n", "{$X}", "{%X%}", "{$",
        ".:53", "a.org", "cache ", "errors", "log ");

    [Test]
    public void Lexer_OnAnyText_GivesWordsInTheOrderOfLines()
    {
        Gen.String.Sample(
            text =>
            {
                var tokens = CorefileLexer.ReadAll(text, "Corefile");
                return tokens.Select(token => token.Line).SequenceEqual(tokens.Select(token => token.Line).Order())
                    && tokens.All(token => token.Line <= text.Count('\n') + 1)
                    && tokens.Sum(token => token.Text.Length) <= text.Length;
            },
            iter: Iterations);
    }

    [Test]
    public void Loader_OnAnyText_LoadsOrExplains()
    {
        Gen.String.Sample(AssertLoadsOrExplains, iter: Iterations);
    }

    [Test]
    public void Loader_OnCorefilePiecesInAnyOrder_LoadsOrExplains()
    {
        Fragment.Array[0, 40].Select(string.Concat).Sample(AssertLoadsOrExplains, iter: Iterations);
    }

    [Test]
    public void Loader_OnDamagedSamples_LoadsOrExplains()
    {
        var samples = SampleCorefileTests.Samples.Select(SampleCorefileTests.ReadText).ToArray();
        var damage = Gen.Select(Gen.Double.Unit, Gen.Int[0, 40], Fragment).Array[1, 5];

        Gen.Select(Gen.OneOf(samples), damage, Damage).Sample(AssertLoadsOrExplains, iter: Iterations);
    }

    [Test]
    public void Words_OfAnyKind_AreReadBackWhenQuoted()
    {
        Word.Array.Sample(
            words => CorefileLexer.ReadAll(string.Join(' ', words.Select(Quote)), "Corefile")
                .Select(token => token.Text).SequenceEqual(words),
            iter: Iterations);
    }

    [Test]
    public void Blocks_OfAnyWords_AreReadBackWhenQuoted()
    {
        var anyBlock = Gen.Select(Keys, Directives(depth: 2), (keys, directives) => new ServerBlock(keys, directives));

        anyBlock.Array[1, 4].Sample(
            blocks =>
            {
                var corefile = CorefileNotation.Write(blocks, Quote);
                var names = blocks.SelectMany(block => block.Directives).Select(directive => directive.Name);
                var fixture = new CorefileFixture { DirectiveNames = [.. names] };
                Assert.That(CorefileNotation.Write(fixture.Load(corefile).Blocks, Quote), Is.EqualTo(corefile));
            },
            iter: Iterations);
    }

    [TestCaseSource(typeof(SampleCorefileTests), nameof(SampleCorefileTests.Samples))]
    public void Sample_WrittenAgainWithQuotes_IsTheSame(string sample)
    {
        var fixture = new CorefileFixture { DirectiveNames = SampleCorefileTests.DirectiveNames };
        var read = fixture.Load(SampleCorefileTests.ReadText(sample)).Blocks;

        // A backslash has no quoted form that always comes back, so words with one stay bare unless they have blanks.
        var rewritten = CorefileNotation.Write(
            read, word => word.Contains('\\') && !word.Contains(' ') ? word : Quote(word));

        Assert.That(fixture.Read(rewritten), Is.EqualTo(CorefileNotation.Write(read)));
    }

    // A single key in parentheses would name a snippet, and a comma at the end of one is dropped.
    private static Gen<IReadOnlyList<CorefileToken>> Keys =>
        Tokens(1, 3).Where(keys => !keys.Any(key => key.Text.StartsWith('(') || key.Text.EndsWith(',')));

    private static Gen<IReadOnlyList<CorefileToken>> Tokens(int fewest, int most) =>
        Word.Select(text => new CorefileToken(text, "Corefile", 1)).Array[fewest, most]
            .Select(tokens => (IReadOnlyList<CorefileToken>)tokens);

    private static Gen<IReadOnlyList<Directive>> Directives(int depth)
    {
        var properties = depth == 0 ? Gen.Const<IReadOnlyList<Directive>>([]) : Directives(depth - 1);
        var line = Gen.Select(Tokens(1, 4), Gen.Bool, properties, (words, hasBlock, inner) =>
            new Directive(words[0], [.. words.Skip(1)], hasBlock ? inner : [], hasBlock));
        return line.Array[0, 4].Select(directives => (IReadOnlyList<Directive>)directives);
    }

    private static string Quote(string word) => $"\"{word.Replace("\"", "\\\"")}\"";

    private static string Damage(string text, (double At, int Length, string Fragment)[] damage)
    {
        foreach (var (at, length, fragment) in damage)
        {
            var start = (int)(at * text.Length);
            text = text[..start] + fragment + text[Math.Min(start + length, text.Length)..];
        }

        return text;
    }

    private static void AssertLoadsOrExplains(string corefile)
    {
        var fixture = new CorefileFixture { Environment = { ["X"] = "a {$X} \"" } }
            .With("/a", "log\nimport b").With("/b", "errors {\n").With("a", ". {\nimport b").With("b", "class error");
        try
        {
            var document = fixture.Load(corefile);
            Assert.That(document.Blocks, Is.Not.Empty);
            Assert.That(CorefileFingerprint.Of(document), Has.Length.EqualTo(128));
        }
        catch (CorefileException exception)
        {
            Assert.That(exception.Message, Does.Match(@"^[^\n]+:\d+ - (Error during parsing|Syntax error): "));
        }
    }
}
