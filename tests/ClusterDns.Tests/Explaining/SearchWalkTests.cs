using ClusterDns.Explaining;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

[TestFixture]
internal sealed class SearchWalkTests
{
    private static readonly ClientSearch Pod = ClientSearch.OfPod("shop", DnsName.Parse("cluster.local"));

    [TestCase("web", "web.shop.svc.cluster.local. web.svc.cluster.local. web.cluster.local. web.")]
    [TestCase("a.b.c.d.e", "a.b.c.d.e.shop.svc.cluster.local. a.b.c.d.e.svc.cluster.local. a.b.c.d.e.cluster.local. a.b.c.d.e.")]
    [TestCase("a.b.c.d.e.f", "a.b.c.d.e.f. a.b.c.d.e.f.shop.svc.cluster.local. a.b.c.d.e.f.svc.cluster.local. a.b.c.d.e.f.cluster.local.")]
    [TestCase("web.", "web.")]
    [TestCase("a..b", "")]
    public void Names_OfAPod_AreThoseThatItsResolverAsksFor(string name, string expected)
    {
        Assert.That(string.Join(' ', SearchWalk.Names(name, Pod)), Is.EqualTo(expected));
    }

    [Test]
    public void Names_TooLongWithAnElement_PassesItOver()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 60), 4));

        Assert.That(SearchWalk.Names(name, Pod).Select(found => found.ToString()), Is.EqualTo(new[] { $"{name}." }));
    }

    [Test]
    public void Names_WithoutList_AreTheNameAlone()
    {
        Assert.That(SearchWalk.Names("web", ClientSearch.None).Select(found => found.ToString()), Is.EqualTo(new[] { "web." }));
    }
}
