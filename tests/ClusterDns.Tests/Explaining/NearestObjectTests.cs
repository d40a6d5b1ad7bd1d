using ClusterDns.Explaining;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

[TestFixture]
internal sealed class NearestObjectTests
{
    [TestCase("web", "webui api", "webui")]
    [TestCase("wbe", "web api", "web")]
    [TestCase("payments", "payment payroll", "payment")]
    [TestCase("paymnets", "payment payments", "payments")]
    [TestCase("payments-v2", "payments", "payments")]
    [TestCase("db", "dc mysql", "dc")]
    [TestCase("db", "mysql web", null)]
    [TestCase("ab", "abcdef", null)]
    [TestCase("web", "web", null)]
    [TestCase("", "a web", null)]
    public void Find_NameOfNoObject_GivesTheOneThatMayBeMeant(string name, string known, string? expected)
    {
        Assert.That(NearestObject.Find(name, known.Split(' ')), Is.EqualTo(expected));
    }

    [Test]
    public void Find_MoreThanAreCompared_LooksAtTheFirst()
    {
        var known = Enumerable.Range(0, ExplainLimits.MostCompared).Select(i => $"other-{i:D6}").Append("payments");

        Assert.That(NearestObject.Find("paymenst", known), Is.Null);
    }
}
