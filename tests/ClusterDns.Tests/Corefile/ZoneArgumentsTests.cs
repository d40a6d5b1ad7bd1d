using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class ZoneArgumentsTests
{
    [Test]
    public void Arguments_OfNamesAndNetworks_AreZonesInOrder()
    {
        Assert.That(
            Parse("cluster.local", "10.0.0.0/15", "fd00::/8", "."),
            Is.EqualTo(["cluster.local.", "0.10.in-addr.arpa.", "1.10.in-addr.arpa.", "d.f.ip6.arpa.", "."]));
    }

    [Test]
    public void Argument_WithSchemeOrPort_IsItsZone()
    {
        Assert.That(Parse("Cluster.LOCAL:53", "tls://example.org:853"), Is.EqualTo(["cluster.local.", "example.org."]));
    }

    [Test]
    public void Arguments_OfNone_AreNoZones()
    {
        Assert.That(Parse(), Is.Empty);
    }

    [Test]
    public void Argument_ThatIsNoZone_IsPassedOverWithAWarning()
    {
        var warnings = new List<string>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Parse(warnings.Add, ".svc", "example.org", "a..b"), Is.EqualTo(["example.org."]));
            Assert.That(
                warnings,
                Is.EqualTo([
                    "Corefile:1 - zone is not a valid domain name: .svc",
                    "Corefile:3 - zone is not a valid domain name: a..b",
                ]));
        }
    }

    [Test]
    public void Arguments_OfWhichNoneIsAZone_FailAtTheFirst()
    {
        Assert.That(
            () => Parse("a..b", ".svc"),
            Throws.TypeOf<CorefileException>().With.Message
                .EqualTo("Corefile:1 - Error during parsing: zone is not a valid domain name: a..b"));
    }

    private static string[] Parse(params string[] arguments) => Parse(null, arguments);

    private static string[] Parse(Action<string>? warn, params string[] arguments)
    {
        var tokens = arguments.Select((text, index) => new CorefileToken(text, "Corefile", index + 1));
        return [.. ZoneArguments.Parse(tokens, warn).Select(zone => zone.ToString())];
    }
}
