using ClusterDns.Serving;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

[TestFixture]
internal sealed class ZoneRouterTests
{
    [TestCase("www.example.org.", "example.org.")]
    [TestCase("WWW.Example.ORG.", "example.org.")]
    [TestCase("example.org.", "example.org.")]
    [TestCase("a.sub.example.org.", "sub.example.org.")]
    [TestCase("notexample.org.", ".")]
    [TestCase(".", ".")]
    public void Find_SeveralZonesMatch_LongestWins(string name, string expected)
    {
        Assert.That(Find(Router(".", "example.org.", "sub.example.org."), name, RecordType.A), Is.EqualTo(expected));
    }

    [Test]
    public void Find_NoZoneMatches_IsNull()
    {
        Assert.That(Find(Router("example.org."), "example.com.", RecordType.A), Is.Null);
    }

    [TestCase("sub.example.org.", "example.org.")]
    [TestCase("example.org.", "example.org.")]
    public void Find_DsAtAZoneCut_GoesToTheParentsSide(string name, string expected)
    {
        Assert.That(Find(Router("example.org.", "sub.example.org."), name, RecordType.DS), Is.EqualTo(expected));
    }

    [Test]
    public void Find_SameZoneTwice_FirstBlockServes()
    {
        var first = new ZoneRoute(DnsName.Parse("example.org."), PluginChain.Empty, false);
        var second = first with { LogStackTraces = true };
        Assert.That(new ZoneRouter([first, second]).Routes, Is.EqualTo(new[] { first }));
    }

    [Test]
    public void Find_RandomZonesInAnyOrder_AgreesWithTheLongestSuffix()
    {
        var label = Gen.Int[0, 2].Select(index => new[] { "a", "b", "c" }[index]);
        var name = label.Array[0, 5].Select(labels => labels.Length == 0 ? "." : string.Join('.', labels) + ".");
        Gen.Select(name.Array[1, 8], name).Sample((zones, asked) =>
        {
            var question = DnsName.Parse(asked);
            var expected = zones.Select(zone => DnsName.Parse(zone))
                .Where(question.IsAtOrBelow)
                .MaxBy(zone => zone.LabelCount);
            Assert.That(Find(Router(zones), asked, RecordType.A), Is.EqualTo(expected?.ToString()));
        });
    }

    private static ZoneRouter Router(params string[] zones) =>
        new([.. zones.Select(zone => new ZoneRoute(DnsName.Parse(zone), PluginChain.Empty, false))]);

    private static string? Find(ZoneRouter router, string text, RecordType type)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];
        Assert.That(WireName.TryParse(text, wire, out var length), Is.True);
        var name = new QuestionName();
        Assert.That(name.TrySet(wire[..length]), Is.True);
        return router.Find(name, type)?.Zone.ToString();
    }
}
