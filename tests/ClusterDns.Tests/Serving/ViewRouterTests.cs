using ClusterDns.Corefile;
using ClusterDns.Plugins.View;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

[TestFixture]
internal sealed class ViewRouterTests
{
    private static readonly string[] Zones = [".", "org.", "example.org.", "a.example.org."];

    [Test]
    public void Router_WithoutViews_AsksNobodyElse() =>
        Assert.That(new ZoneRouter([Route("example.org.", null), Route(".", null)]).Views, Is.Null);

    /// <summary>What a look through all blocks finds: of the longest zone with one that takes the query, the first.</summary>
    [Test]
    public void Find_RandomBlocks_AgreesWithALookThroughAll()
    {
        var block = Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[0, 3]);
        Gen.Select(block.Array[1, 10], Gen.Int[0, Zones.Length - 1]).Sample(
            (blocks, asked) =>
            {
                ZoneRoute[] routes =
                [
                    .. blocks.Select(pair => Route(Zones[pair.Item1], pair.Item2 switch { 0 => null, 1 => "true", 2 => "false", _ => "1 % 0 == 0" })),
                    Route("net.", "true"),
                ];
                var takers = routes.Zip(blocks).Where(pair => pair.Second.Item2 < 2).Select(pair => pair.First).ToList();
                using var query = QueryFactory.Ask(Zones[asked], RecordType.A);
                var name = DnsName.Parse(Zones[asked]);
                var expected = takers
                    .Where(route => name.IsAtOrBelow(route.Zone))
                    .OrderByDescending(route => route.Zone.LabelCount)
                    .FirstOrDefault();
                var router = new ZoneRouter(routes);
                Assert.That(router.Find(query.Name, query.Type), Is.Null);
                Assert.That(router.Views!.Find(query), Is.SameAs(expected));
            },
            iter: 5000,
            threads: 1);
    }

    [TestCase("example.org.", "true", "org.")]
    [TestCase("example.org.", "false", "example.org.")]
    [TestCase("org.", "false", "org.")]
    public void Find_DsAtAZoneCut_GoesToTheParentThatTakesIt(string name, string parentTakes, string expected)
    {
        var router = new ViewRouter([Route("example.org.", "true"), Route("org.", parentTakes), Route("org.", name == "org." ? null : "false")]);
        using var query = QueryFactory.Ask(name, RecordType.DS);
        Assert.That(router.Find(query)?.Zone.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Routes_BehindOneThatTakesAll_AreLeftOut()
    {
        ZoneRoute[] routes = [Route("org.", "false"), Route("org.", null), Route("org.", "true"), Route("org.", null)];
        Assert.That(new ZoneRouter(routes).Routes, Is.EqualTo(routes[..2]));
    }

    [Test]
    public void RouteOf_AQueryThatAViewTook_IsThatBlocks()
    {
        ZoneRoute[] routes = [Route("org.", "type() == 'MX'"), Route("org.", "type() == 'A'") with { LogStackTraces = true }];
        var router = new ZoneRouter(routes);
        using var query = QueryFactory.Ask("example.org.", RecordType.A);
        query.Zone = router.Views!.Find(query)!.Zone;
        Assert.That(router.RouteOf(query), Is.SameAs(routes[1]));
    }

    [Test]
    public void Find_ViewsOfClients_AllocatesNothing()
    {
        var router = new ViewRouter(
            [Route("org.", "incidr(client_ip(), '192.0.2.0/24')"), Route("org.", "incidr(client_ip(), '10.0.0.0/8')"), Route(".", null)]);
        using var query = QueryFactory.Ask("www.example.org.", RecordType.A);
        Assert.That(router.Find(query)?.Zone.ToString(), Is.EqualTo("org."));
        Assert.That(Allocation.Of(() => router.Find(query)), Is.Zero);
    }

    private static ZoneRoute Route(string zone, string? expression) => new(
        DnsName.Parse(zone), PluginChain.Empty, LogStackTraces: false, View: expression is null ? null : View(expression));

    private static ViewPlugin View(string expression)
    {
        var line = new Directive(Token("expr"), [Token(expression)], [], HasBlock: false);
        return ViewDirective.Parse(new Directive(Token("view"), [Token("v")], [line], HasBlock: true));
    }

    private static CorefileToken Token(string text) => new(text, "Corefile", 1);
}
