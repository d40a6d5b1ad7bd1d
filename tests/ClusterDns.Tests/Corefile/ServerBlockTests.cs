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

    [TestCase("cache 30 {\n success 10\n}\nlog", true)]
    [TestCase("\n# higher up\ncache 30 {\n\n success \"10\"\n}\nlog", true)]
    [TestCase("cache 30 {\n success 1 0\n}\nlog", false)]
    [TestCase("cache 30 {\n success 10\n log\n}", false)]
    [TestCase("log\ncache 30 {\n success 10\n}", false)]
    public void Words_OfTheSameLines_AreTheSameWhereverTheyStand(string lines, bool expected)
    {
        var words = WordsOf("cache 30 {\n success 10\n}\nlog");

        Assert.That(WordsOf(lines) == words, Is.EqualTo(expected));
    }

    private static string WordsOf(string lines) => new CorefileFixture().Load($". {{\n{lines}\n}}").Blocks[0].Words;
}
