using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class ServerBlockTests
{
    [Test]
    public void Lines_OfOneName_ComeInTheOrderOfTheFile()
    {
        var block = new CorefileFixture().Load(". {\n  cache 1\n  log\n  cache 2\n}").Blocks[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(block.Lines("cache").Select(line => line.SingleArgument()), Is.EqualTo(["1", "2"]));
            Assert.That(block.Lines("errors"), Is.Empty);
        }
    }
}
