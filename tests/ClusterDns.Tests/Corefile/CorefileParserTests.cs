using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class CorefileParserTests
{
    [Test]
    public void Blocks_InOneFile_KeepKeysDirectivesAndProperties()
    {
        const string Corefile =
            """
            .:53 {
                errors
                cache 30 {
                    success 9984 30
                    prefetch 10
                }
            }
            example.org {
                whoami
            }

            """;

        Assert.That(new CorefileFixture().Read(Corefile), Is.EqualTo(Corefile));
    }

    [TestCase("a.org b.org {\n}")]
    [TestCase("a.org, b.org {\n}")]
    [TestCase("a.org,\nb.org {\n}")]
    [TestCase("a.org,\n\n  b.org\n{\n}")]
    [TestCase("a.org \"\" b.org { }")]
    public void Keys_SeparatedByBlanksOrCommas_BelongToOneBlock(string corefile)
    {
        var block = new CorefileFixture().Load(corefile).Blocks.Single();

        Assert.That(block.Keys.Select(key => key.Text), Is.EqualTo(["a.org", "b.org"]));
    }

    [Test]
    public void Comma_InsideAKey_IsPartOfIt()
    {
        Assert.That(new CorefileFixture().Read("a.org,b.org {\n}\n"), Is.EqualTo("a.org,b.org {\n}\n"));
    }

    [Test]
    public void Block_WithoutBraces_RunsToTheEnd()
    {
        Assert.That(
            new CorefileFixture().Read(".:53 example.org\nerrors\ncache {\nprefetch 10\n}\nwhoami"),
            Is.EqualTo(".:53 example.org {\n    errors\n    cache {\n        prefetch 10\n    }\n    whoami\n}\n"));
    }

    [Test]
    public void Block_OnKeysAlone_HasNoDirectives([Values(".", ".\n", ". {\n}", ". { }", ". {}\n}")] string corefile)
    {
        var blocks = new CorefileFixture { DirectiveNames = [] }.Load(corefile).Blocks;

        Assert.That(blocks, Has.Count.EqualTo(1));
        Assert.That(blocks[0].Directives, Is.Empty);
    }

    [Test]
    public void StrayBrace_EndsABlockWithoutBraces()
    {
        // ".:53{" is one word, so what looks like a block has no braces; its key fails later, when keys are read.
        Assert.That(new CorefileFixture().Read(".:53{\nerrors\n}\n"), Is.EqualTo(".:53{ {\n    errors\n}\n"));
    }

    [Test]
    public void LastBrace_MissingBehindAPluginsBrace_IsForgiven()
    {
        Assert.That(
            new CorefileFixture().Read(". {\n  health {\n    lameduck 5s\n  }\n"),
            Is.EqualTo(". {\n    health {\n        lameduck 5s\n    }\n}\n"));
    }

    [Test]
    public void Directive_WithEmptyBraces_HasABlockWithoutProperties()
    {
        var directive = new CorefileFixture().Load(". {\n errors {\n }\n}").Blocks[0].Directives[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(directive.HasBlock, Is.True);
            Assert.That(directive.Properties, Is.Empty);
        }
    }

    [Test]
    public void Directive_Repeated_KeepsTheOrderOfTheFile()
    {
        Assert.That(
            new CorefileFixture().Load(". {\nforward a 1.1.1.1\nlog\nforward b 2.2.2.2\n}").Blocks[0].Lines("forward")
                .Select(line => line.Arguments[0].Text),
            Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void QuotedArgument_OverSeveralLines_DoesNotEndTheDirective()
    {
        Assert.That(
            new CorefileFixture().Load(". {\nlog . \"a\nb\" {\nclass error\n}\nerrors\n}").Blocks[0].Directives
                .Select(directive => (directive.Name, directive.Arguments.Count, directive.HasBlock)),
            Is.EqualTo([("log", 2, true), ("errors", 0, false)]));
    }

    [Test]
    public void Properties_BehindTheOpeningBrace_AreRead()
    {
        Assert.That(
            new CorefileFixture().Read(". {\ncache { prefetch 10\n}\n}\n"),
            Is.EqualTo(". {\n    cache {\n        prefetch 10\n    }\n}\n"));
    }

    [Test]
    public void Brace_InQuotes_IsABraceLikeAnyOther()
    {
        Assert.That(
            new CorefileFixture().Read(". \"{\"\ncache \"{\"\nprefetch 10\n\"}\"\n}\n"),
            Is.EqualTo(". {\n    cache {\n        prefetch 10\n    }\n}\n"));
    }

    [Test]
    public void ClosingBrace_BehindAProperty_ClosesAndIsItsLastArgument()
    {
        const string Corefile = ". {\nerrors { consolidate 5m x warning }\nwhoami\n}";
        var directives = new CorefileFixture().Load(Corefile).Blocks[0].Directives;

        Assert.That(directives.Select(directive => directive.Name), Is.EqualTo(["errors", "whoami"]));
        Assert.That(
            directives[0].Properties.Single().Arguments.Select(argument => argument.Text),
            Is.EqualTo(["5m", "x", "warning", "}"]));
    }

    [Test]
    public void Braces_DeeperThanPluginsOffer_AreBalanced()
    {
        const string Corefile =
            """
            . {
                acl {
                    allow {
                        net {
                            x y
                        }
                    }
                    block
                }
                whoami
            }

            """;

        Assert.That(new CorefileFixture().Read(Corefile), Is.EqualTo(Corefile));
    }

    [Test]
    public void Block_WithoutAKey_IsLeftOutWithAWarning()
    {
        var document = new CorefileFixture().Load("{$UNSET} {\n  errors\n}\n. {\n  whoami\n}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CorefileNotation.Write(document.Blocks), Is.EqualTo(". {\n    whoami\n}\n"));
            Assert.That(document.Warnings, Is.EqualTo(["Corefile:1 - Server block without a key is left out"]));
        }
    }

    [TestCase("a.org,", "Corefile:1", "Unexpected EOF")]
    [TestCase("a.org,\n{\n}", "Corefile:2", "Expected another address but had '{' - check for extra comma")]
    [TestCase(". {\n  cache {", "Corefile:2", "Unexpected EOF")]
    [TestCase(". {\n  cache {\n    prefetch 10\n", "Corefile:3", "Unexpected EOF")]
    [TestCase(". { whoami }", "Corefile:1", "Unexpected '}' because no matching opening brace")]
    [TestCase(". {\n  cache {\n  } }", "Corefile:3", "Unexpected '}' because no matching opening brace")]
    [TestCase(". {\n  cache {\n    {\n    }\n  }\n}", "Corefile:3", "unknown property '{'")]
    [TestCase(". {\n  nosuch\n  errors {", "Corefile:2", "Unknown directive 'nosuch'")]
    [TestCase(". {\n  errors\n  {\n  }\n}", "Corefile:3", "Unknown directive '{'")]
    [TestCase(". {\n  health{\n  }\n}", "Corefile:2", "Unknown directive 'health{', did you mean 'health'?")]
    [TestCase("(a) {\n}\n(a) {\n}", "Corefile:3", "redeclaration of previously declared snippet a")]
    [TestCase(". {\n  hosts \0hosts\n}", "Corefile:2", "a word with a NUL character in it")]
    [TestCase(". {\n  cache {\n    \"a\0b\"\n  }\n}", "Corefile:3", "a word with a NUL character in it")]
    public void Mistake_IsReportedWithFileAndLine(string corefile, string position, string message)
    {
        Assert.That(new CorefileFixture().Error(corefile), Is.EqualTo($"{position} - Error during parsing: {message}"));
    }

    [TestCase(". {", "Corefile:1", "{", "}")]
    [TestCase(". {\n  errors\n", "Corefile:2", "errors", "}")]
    [TestCase(". {\n  cache {\n  } log\n}", "Corefile:3", "log", "end of line")]
    [TestCase("(a)\nlog", "Corefile:2", "log", "{")]
    [TestCase("(a)", "Corefile:1", "(a)", "{")]
    [TestCase("(a) {\n  cache {\n  }\n", "Corefile:3", "}", "}")]
    public void Brace_Missing_IsReportedWithTheWordInItsPlace(
        string corefile, string position, string token, string expected)
    {
        Assert.That(
            new CorefileFixture().Error(corefile),
            Is.EqualTo($"{position} - Syntax error: Unexpected token '{token}', expecting '{expected}'"));
    }

    [Test]
    public void Mistake_BehindAForgottenQuote_DoesNotShowTheRestOfTheFile()
    {
        Assert.That(
            new CorefileFixture().Error(". {\n  log \"{name\n  errors\n}\n"),
            Is.EqualTo("Corefile:2 - Syntax error: Unexpected token '{name...', expecting '}'"));
    }

    [Test]
    public void Braces_WithinEachOtherOverTheLimit_Fail()
    {
        var braces = string.Concat(Enumerable.Repeat("cache {\n", 100_000));

        Assert.That(
            new CorefileFixture().Error(". {\n" + braces),
            Is.EqualTo("Corefile:102 - Error during parsing: more than 100 braces within each other"));
    }
}
