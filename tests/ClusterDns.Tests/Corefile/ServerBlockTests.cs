using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class ServerBlockTests
{
    private const string Corefile = ". {\n  cache 1\n  log\n  cache 2\n}";

    [Test]
    public void Lines_OfOneName_ComeInTheOrderOfTheFile()
    {
        var block = new CorefileFixture().Load(Corefile).Blocks[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(block.Lines("cache").Select(line => line.SingleArgument()), Is.EqualTo(["1", "2"]));
            Assert.That(block.Lines("log", oncePerBlock: true), Has.Count.EqualTo(1));
            Assert.That(block.Lines("errors", oncePerBlock: true), Is.Empty);
        }
    }

    [Test]
    public void Lines_OfANameThatMayOccurOnce_FailAtTheSecond()
    {
        var block = new CorefileFixture().Load(Corefile).Blocks[0];

        Assert.That(
            () => block.Lines("cache", oncePerBlock: true),
            Throws.TypeOf<CorefileException>().With.Message.EqualTo(
                "plugin/cache: Corefile:4 - Error during parsing: this plugin can only be used once per Server Block"));
    }
}
