using System.Net;
using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class ServedZonesTests
{
    private const string Loopback = "127.0.0.1";

    [TestCase(".", null, ".", null, "dns://.:53 - it is already defined")]
    [TestCase("a.org", null, "A.org.:53", null, "dns://a.org.:53 - it is already defined")]
    [TestCase(".", Loopback, ".", Loopback, "dns://.:53 on 127.0.0.1 - it is already defined")]
    [TestCase(".", Loopback, ".", null, "dns://.:53 - zone overlap listener capacity with dns://.:53 on 127.0.0.1")]
    [TestCase(".", null, ".", Loopback, "dns://.:53 on 127.0.0.1 - zone overlap listener capacity with dns://.:53")]
    public void Block_ForATakenZone_IsRefused(
        string first, string? firstBind, string second, string? secondBind, string error)
    {
        var served = new ServedZones();
        Add(served, first, firstBind);

        Assert.That(
            () => Add(served, second, secondBind),
            Throws.TypeOf<CorefileException>().With.Message.EqualTo($"Corefile:9 - cannot serve {error}"));
    }

    [TestCase(".", null, "a.org", null)]
    [TestCase(".", null, ".:54", null)]
    [TestCase(".", null, "tls://.:53", null)]
    [TestCase(".", Loopback, ".", "::1")]
    public void Block_ForAnotherZonePortSchemeOrAddress_IsServed(
        string first, string? firstBind, string second, string? secondBind)
    {
        var served = new ServedZones();
        Add(served, first, firstBind);

        Assert.That(() => Add(served, second, secondBind), Throws.Nothing);
    }

    [Test]
    public void Blocks_WithViews_StandInFrontOfOneWithout()
    {
        var served = new ServedZones();
        Add(served, ".", null, hasView: true);
        Add(served, ".", null, hasView: true);

        Assert.That(() => Add(served, ".", null), Throws.Nothing);
    }

    [Test]
    public void Block_WithAViewBehindOneThatAnswersAll_IsRefused()
    {
        var served = new ServedZones();
        Add(served, ".", null);

        Assert.That(() => Add(served, ".", null, hasView: true), Throws.TypeOf<CorefileException>());
    }

    private static void Add(ServedZones served, string key, string? bind, bool hasView = false)
    {
        foreach (var server in ServerKey.Parse(new CorefileToken(key, "Corefile", 9), dnsPort: 53))
        {
            served.Add(server, bind is null ? null : IPAddress.Parse(bind), hasView);
        }
    }
}
