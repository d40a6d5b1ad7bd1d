using System.Text;
using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class CorefileLoaderTests
{
    private const string DefaultBlock = ". {\n    whoami\n    log\n}\n";

    [Test]
    public void Default_WithACorefile_ReadsIt()
    {
        var fixture = new CorefileFixture().With("Corefile", "a {\n}");

        Assert.That(CorefileNotation.Write(fixture.Loader.LoadDefault().Blocks), Is.EqualTo("a {\n}\n"));
    }

    [Test]
    public void Default_WithoutACorefile_IsTheDefaultBlock()
    {
        var document = new CorefileFixture().Loader.LoadDefault();

        Assert.That(CorefileNotation.Write(document.Blocks), Is.EqualTo(DefaultBlock));
    }

    [Test]
    public void Default_OnItsKey_ListensOnTheDefaultPort()
    {
        var key = new CorefileFixture().Loader.LoadDefault().Blocks[0].Keys.Single();

        Assert.That(ServerKey.Parse(key, dnsPort: 1053).Single().ToString(), Is.EqualTo("dns://.:1053"));
    }

    [Test]
    public void File_WithoutAnyBlock_IsTheDefaultBlock(
        [Values("", "# nothing\n", "(a) {\nlog\n}", "import none/*")] string corefile)
    {
        Assert.That(new CorefileFixture().Read(corefile), Is.EqualTo(DefaultBlock));
    }

    [Test]
    public void File_WithoutAnyBlock_KeepsItsWarnings()
    {
        Assert.That(
            new CorefileFixture().Load("import none/*").Warnings,
            Is.EqualTo(["No files matching import glob pattern: none/*"]));
    }

    [Test]
    public void File_NotThere_Fails()
    {
        Assert.That(
            () => new CorefileFixture().Loader.LoadFile("/conf/Corefile"),
            Throws.TypeOf<CorefileException>().With.Message
                .EqualTo("/conf/Corefile cannot be read: There is no '/conf/Corefile' in memory."));
    }

    [Test]
    public void File_TooLong_Fails()
    {
        Assert.That(
            new CorefileFixture().Error(new string('#', CorefileLimits.MaxFileLength + 1)),
            Is.EqualTo("Corefile cannot be read: longer than 4194304 octets"));
    }

    [Test]
    public void File_AsLongAsAllowed_IsRead()
    {
        var corefile = ". {\n}\n#".PadRight(CorefileLimits.MaxFileLength, '#');

        Assert.That(new CorefileFixture().Read(corefile), Is.EqualTo(". {\n}\n"));
    }

    [Test]
    public void File_ThatIsNotUtf8_IsReadWithReplacementCharacters()
    {
        var fixture = new CorefileFixture();
        fixture.Files.With("Corefile", [.. ". {\nlog "u8, 0xFF, .. "x\n}"u8]);

        var document = fixture.Loader.LoadFile("Corefile");

        Assert.That(CorefileNotation.Write(document.Blocks), Is.EqualTo(". {\n    log \uFFFDx\n}\n"));
    }

    [Test]
    public void StandardInput_InMessages_IsCalledStdin()
    {
        Assert.That(
            () => new CorefileFixture().Loader.LoadStandardInput(new MemoryStream(". {\nnosuch\n}"u8.ToArray())),
            Throws.TypeOf<CorefileException>().With.Message
                .EqualTo("stdin:2 - Error during parsing: Unknown directive 'nosuch'"));
    }

    [Test]
    public void StandardInput_ThatImports_DoesSoFromTheWorkingDirectory()
    {
        var fixture = new CorefileFixture().With("common", "log");
        var input = new MemoryStream(Encoding.UTF8.GetBytes(". {\nimport common\n}"));

        var document = fixture.Loader.LoadStandardInput(input);

        Assert.That(CorefileNotation.Write(document.Blocks), Is.EqualTo(". {\n    log\n}\n"));
    }
}
