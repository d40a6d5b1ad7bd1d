using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class EnvironmentReferencesTests
{
    [TestCase("{$PORT}", "9153")]
    [TestCase("localhost:{$PORT}", "localhost:9153")]
    [TestCase("{%PORT%}", "9153")]
    [TestCase("{$ZONE}:{%PORT%}", "example.org:9153")]
    [TestCase("{$UNSET}:9253", ":9253")]
    [TestCase("a{$PORT$}b", "ab")]
    [TestCase("{$BLANKS}", "a b c")]
    [TestCase("{{ .Name }} {$PORT}", "{{ .Name }} 9153")]
    [TestCase("{{$PORT}}", "{9153}")]
    public void Reference_InAWord_BecomesItsValue(string word, string filled)
    {
        Assert.That(Fill(word), Is.EqualTo(filled));
    }

    [TestCase("{$}")]
    [TestCase("{%}")]
    [TestCase("{%%}")]
    [TestCase("{$PORT")]
    [TestCase("{%PORT}")]
    [TestCase("{ $PORT }")]
    [TestCase("${PORT}")]
    public void Text_ThatIsNoReference_StaysAsItIs(string word)
    {
        Assert.That(Fill(word), Is.EqualTo(word));
    }

    [Test]
    public void PercentReference_ToADollarReference_IsFilledToo()
    {
        Assert.That(Fill("{%NESTED%}"), Is.EqualTo("9153"));
    }

    [Test]
    public void DollarReference_ToItself_IsFilledOnce()
    {
        Assert.That(Fill("{$ITSELF}"), Is.EqualTo("{$ITSELF}"));
    }

    [Test]
    public void Value_WithBlanksOrBraces_StaysOneWord()
    {
        var fixture = new CorefileFixture { Environment = { ["BLANKS"] = "a b\nc", ["BRACE"] = "{" } };
        var directives = fixture.Load(". {\nforward {$BLANKS} x\nlog {$BRACE}\n}").Blocks[0].Directives;

        Assert.That(
            directives.Select(directive => (directive.Name, directive.Arguments[0].Text, directive.HasBlock)),
            Is.EqualTo([("forward", "a b\nc", false), ("log", "{", false)]));
    }

    [Test]
    public void Reference_AnywhereInACorefile_IsFilled()
    {
        var fixture = new CorefileFixture { Environment = { ["X"] = "log", ["ZONE"] = "example.org" } };

        const string Corefile =
            """
            {$ZONE}:{%X%} {
                {$X} "a {$ZONE}" {
                    {$X} {$ZONE}
                }
                import {$X}.conf
            }
            """;

        Assert.That(
            fixture.With("log.conf", "errors").Read(Corefile),
            Is.EqualTo("example.org:log {\n    log a example.org {\n        log example.org\n    }\n    errors\n}\n"));
    }

    [Test]
    public void Reference_InASnippetsName_NamesIt()
    {
        var fixture = new CorefileFixture { Environment = { ["X"] = "common" } };

        Assert.That(fixture.Read("({$X}) {\nlog\n}\n. {\nimport {$X}\n}"), Is.EqualTo(". {\n    log\n}\n"));
    }

    [Test]
    public void Values_OverTheLimitAltogether_Fail()
    {
        var fixture = new CorefileFixture { Environment = { ["LONG"] = new string('x', 100_000) } };
        var references = string.Concat(Enumerable.Repeat("{$LONG} ", 42));

        Assert.That(
            fixture.Error($". {{\nlog {references}\n}}"),
            Is.EqualTo("Corefile:2 - Error during parsing: environment variables make the Corefile too long"));
    }

    private static string Fill(string word)
    {
        var variables = new Dictionary<string, string>
        {
            ["PORT"] = "9153",
            ["ZONE"] = "example.org",
            ["BLANKS"] = "a b c",
            ["NESTED"] = "{$PORT}",
            ["ITSELF"] = "{$ITSELF}",
        };
        return new EnvironmentReferences(variables.GetValueOrDefault).Fill(new CorefileToken(word, "Corefile", 1)).Text;
    }
}
