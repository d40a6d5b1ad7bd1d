using System.Text;
using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class CorefileImportTests
{
    private const string Common = "(common) {\n    errors\n    log\n}\n";

    [Test]
    public void Snippet_InTwoBlocks_StandsInBoth()
    {
        Assert.That(
            new CorefileFixture().Read(Common + "a {\n  import common\n  whoami\n}\nb {\n  whoami\n  import common\n}"),
            Is.EqualTo("a {\n    errors\n    log\n    whoami\n}\nb {\n    whoami\n    errors\n    log\n}\n"));
    }

    [Test]
    public void Snippet_InsideAPluginBlock_BringsProperties()
    {
        const string Corefile =
            """
            (times) {
                success 9984
                denial 9984
            }
            . {
                cache 30 {
                    import times
                    prefetch 1
                }
            }
            """;

        Assert.That(
            new CorefileFixture().Read(Corefile),
            Is.EqualTo(
                """
                . {
                    cache 30 {
                        success 9984
                        denial 9984
                        prefetch 1
                    }
                }

                """));
    }

    [Test]
    public void Snippet_InsideAnotherSnippet_IsResolvedWhereThatIsUsed()
    {
        const string Corefile =
            """
            (inner) { errors
            }
            (outer) { import inner
                log
            }
            . {
                cache {
                    import inner
                }
                import outer
            }
            """;

        Assert.That(
            new CorefileFixture().Read(Corefile),
            Is.EqualTo(". {\n    cache {\n        errors\n    }\n    errors\n    log\n}\n"));
    }

    [Test]
    public void Snippet_FromAnImportedFile_KnowsTheSnippetsBefore()
    {
        var fixture = new CorefileFixture().With("more", "b {\n  import common\n}\n");

        Assert.That(fixture.Read(Common + "import more\n"), Is.EqualTo("b {\n    errors\n    log\n}\n"));
    }

    [Test]
    public void Snippet_BegunInOneFileAndEndedInAnother_KeepsItsLines()
    {
        var fixture = new CorefileFixture().With("begin", "(a) {\nlog\nerrors");

        Assert.That(
            fixture.Read("import begin\ncache\n}\n. {\nimport a\n}"),
            Is.EqualTo(". {\n    log\n    errors\n    cache\n}\n"));
    }

    [Test]
    public void Snippet_UsedBeforeItsDefinition_IsTakenForAFile()
    {
        Assert.That(
            new CorefileFixture().Error(". {\n  import common\n}\n" + Common),
            Is.EqualTo("Corefile:2 - Error during parsing: File to import not found: common"));
    }

    [Test]
    public void File_AtTopLevel_BringsWholeBlocks()
    {
        var fixture = new CorefileFixture()
            .With("custom/a.server", "a.org {\n  log\n}")
            .With("custom/b.server", "b.org {\n  whoami\n}");

        Assert.That(
            fixture.Read(". {\n  errors\n}\nimport custom/*.server\nc.org {\n  cache\n}\n"),
            Is.EqualTo(". {\n    errors\n}\na.org {\n    log\n}\nb.org {\n    whoami\n}\nc.org {\n    cache\n}\n"));
    }

    [Test]
    public void File_AmongKeys_BringsKeys()
    {
        var fixture = new CorefileFixture().With("zones", "b.org c.org");

        Assert.That(fixture.Read("a.org,\nimport zones\n{\n  log\n}"), Is.EqualTo("a.org b.org c.org {\n    log\n}\n"));
    }

    [Test]
    public void File_AsADirective_EndsItsOwnLineAndTheImportsLine()
    {
        var fixture = new CorefileFixture().With("one", "errors");

        Assert.That(fixture.Read(". {\n  import one\n  log\n}"), Is.EqualTo(". {\n    errors\n    log\n}\n"));
    }

    [Test]
    public void File_ImportedFromAFolder_IsSeenFromThatFolder()
    {
        var fixture = new CorefileFixture()
            .With("/conf/a", ". {\n  import sub/b\n}")
            .With("/conf/sub/b", "import ../c")
            .With("/conf/c", "log");

        Assert.That(fixture.Read("import /conf/a"), Is.EqualTo(". {\n    log\n}\n"));
    }

    [Test]
    public void File_Imported_KeepsItsNameAndLinesForMessages()
    {
        var fixture = new CorefileFixture().With("/conf/a", "errors\n\nnosuch\n");

        Assert.That(
            fixture.Error(". {\n  import /conf/a\n}"),
            Is.EqualTo("/conf/a:3 - Error during parsing: Unknown directive 'nosuch'"));
    }

    [Test]
    public void File_ImportedTwice_IsReadOnce()
    {
        var fixture = new CorefileFixture().With("/conf/a", "errors");
        fixture.Load("a {\nimport /conf/a\n}\nb {\nimport /conf/a\n}");

        Assert.That(fixture.Files.Opened, Is.EqualTo(["Corefile", "/conf/a"]));
    }

    [Test]
    public void Pattern_WithoutAMatch_OnlyWarns()
    {
        const string Corefile = ". {\n  whoami\n  import custom/*.override\n}\nimport custom/?.server\n";
        var document = new CorefileFixture().Load(Corefile);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CorefileNotation.Write(document.Blocks), Is.EqualTo(". {\n    whoami\n}\n"));
            Assert.That(
                document.Warnings,
                Is.EqualTo([
                    "No files matching import glob pattern: custom/*.override",
                    "No files matching import glob pattern: custom/?.server",
                ]));
        }
    }

    [Test]
    public void Pattern_OfOneStarAndOneMark_IsAllowed()
    {
        var fixture = new CorefileFixture()
            .With("custom/b1.server", "b1 {\n}")
            .With("custom/a2.server", "a2 {\n}")
            .With("custom/a.server", "a {\n}");

        Assert.That(fixture.Read("import custom/?*.server"), Is.EqualTo("a {\n}\na2 {\n}\nb1 {\n}\n"));
    }

    [TestCase("forward import x", "    forward import x\n")]
    [TestCase("template {\nanswer import x\n}", "    template {\n        answer import x\n    }\n")]
    [TestCase("template { import x\n}", "    template {\n        import x\n    }\n")]
    public void Import_ThatIsNotFirstOnItsLine_IsAWordLikeAnyOther(string line, string read)
    {
        Assert.That(new CorefileFixture().Read($"a import {{\n{line}\n}}"), Is.EqualTo($"a import {{\n{read}}}\n"));
    }

    [TestCase("import", "Wrong argument count or unexpected line ending after 'import'")]
    [TestCase("import \"\"", "Import requires a non-empty filepath")]
    [TestCase("import {$UNSET}", "Import requires a non-empty filepath")]
    [TestCase("import a b", "Import takes only one argument (glob pattern or file)")]
    [TestCase("import a {", "Import takes only one argument (glob pattern or file)")]
    [TestCase("import nosuch", "File to import not found: nosuch")]
    [TestCase("import \"a\0b\"", "File to import not found: a\0b")]
    [TestCase("import /*/*.conf", "Glob pattern may only contain one wildcard (*), but has others: /*/*.conf")]
    [TestCase("import /a??", "Glob pattern may only contain one wildcard (*), but has others: /a??")]
    [TestCase("import /[a-z]", "Glob pattern may only contain one wildcard (*), but has others: /[a-z]")]
    public void Import_Mistaken_IsReported(string line, string message)
    {
        Assert.That(
            new CorefileFixture().Error($". {{\n  {line}\n}}"),
            Is.EqualTo($"Corefile:2 - Error during parsing: {message}"));
    }

    [Test]
    public void File_TooLong_IsNotRead()
    {
        var fixture = new CorefileFixture().With("/conf/a", new string(' ', CorefileLimits.MaxFileLength + 1));

        Assert.That(
            fixture.Error("import /conf/a"),
            Is.EqualTo("Corefile:1 - Error during parsing: Could not import /conf/a: longer than 4194304 octets"));
    }

    [Test]
    public void Snippet_ThatImportsItself_FailsAtTheImport()
    {
        Assert.That(
            new CorefileFixture().Error("(loop) {\n  import loop\n}\n. {\n  import loop\n}"),
            Is.EqualTo("Corefile:2 - Error during parsing: maximum snippet import depth (10000) exceeded"));
    }

    [Test]
    public void Snippets_ThatImportEachOther_FailAtTheImport()
    {
        const string Corefile = "(a) {\n  import b\n}\n(b) {\n  cache {\n    import a\n  }\n}\n. {\n  import a\n}";

        Assert.That(
            new CorefileFixture().Error(Corefile),
            Is.EqualTo("Corefile:6 - Error during parsing: maximum snippet import depth (10000) exceeded"));
    }

    [TestCase("import Corefile", "Corefile:1")]
    [TestCase("import /conf/itself", "/conf/itself:2")]
    [TestCase("import /conf/ping", "/conf/pong:1")]
    [TestCase("import /conf/*g", "/conf/pong:1")]
    public void File_ThatImportsItself_FailsAtTheImport(string corefile, string position)
    {
        var fixture = new CorefileFixture()
            .With("/conf/itself", "a {\n  import itself\n}")
            .With("/conf/ping", "import pong")
            .With("/conf/pong", "import ping");

        Assert.That(
            fixture.Error(corefile),
            Is.EqualTo($"{position} - Error during parsing: maximum file import depth (100000) exceeded"));
    }

    [Test]
    public void File_ImportedByItsNeighbourUnderOnePattern_IsNoLoop()
    {
        var fixture = new CorefileFixture().With("/conf/1", "a {\n  import 2\n}\n").With("/conf/2", "log");

        Assert.That(fixture.Read("import /conf/*"), Is.EqualTo("a {\n    log\n}\nlog {\n}\n"));
    }

    [Test]
    public void Snippets_ThatDoubleEachTime_EndAtTheLimit()
    {
        var corefile = new StringBuilder("(s0) {\nerrors\n}\n");
        for (var i = 1; i <= 30; i++)
        {
            corefile.Append($"(s{i}) {{\nimport s{i - 1}\nimport s{i - 1}\n}}\n");
        }

        Assert.That(
            new CorefileFixture().Error(corefile + ". {\nimport s30\n}"),
            Does.EndWith("maximum snippet import depth (10000) exceeded"));
    }

    [Test]
    public void Words_OverTheLimitThroughImports_Fail()
    {
        var corefile = new StringBuilder("(s) {\n").Insert(6, "errors\n", 10_000).Append("}\n. {\n").Append('\n');
        corefile.Insert(corefile.Length, "import s\n", 200);

        Assert.That(
            new CorefileFixture().Error(corefile.ToString()),
            Does.EndWith("more than 1000000 words with everything imported"));
    }

    [Test]
    public void Files_OverTheLimitOfImports_Fail()
    {
        var fixture = new CorefileFixture().With("/conf/empty", "");
        var imports = string.Concat(Enumerable.Repeat("import /conf/empty\n", CorefileLimits.MaxFileImports + 1));

        Assert.That(
            fixture.Error(imports),
            Is.EqualTo("Corefile:100001 - Error during parsing: maximum file import depth (100000) exceeded"));
    }
}
