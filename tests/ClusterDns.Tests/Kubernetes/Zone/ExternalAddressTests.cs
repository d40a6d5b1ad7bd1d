using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;
using static ClusterDns.Tests.Plugins.K8sExternal.ExternalUnderTest;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>Services by the addresses that they are reached by from outside, and the serial of those.</summary>
[TestFixture]
internal sealed class ExternalAddressTests
{
    [Test]
    public void Address_OfSeveralServices_FindsThemInOrder()
    {
        var zone = new ZoneUnderTest().Apply(Reached("b/web", "192.0.2.1"), Reached("a/web", "192.0.2.2 192.0.2.1"), Service("c/web", "192.0.2.1"));
        Assert.That(Owners(zone, "192.0.2.1"), Is.EqualTo("web.a web.b"));
    }

    [Test]
    public void Address_ThatAServiceGivesUp_FindsItNoMore()
    {
        var zone = new ZoneUnderTest().Apply(Reached("a/web", "192.0.2.1 192.0.2.2"), Reached("a/web", "192.0.2.2 192.0.2.3"));
        Assert.That(
            (Owners(zone, "192.0.2.1"), Owners(zone, "192.0.2.2"), Owners(zone, "192.0.2.3")),
            Is.EqualTo(("", "web.a", "web.a")));
    }

    [Test]
    public void Address_OfARemovedService_FindsNothing()
    {
        var zone = new ZoneUnderTest().Apply(Reached("a/web", "192.0.2.1"), Remove(ResourceKind.Service, "a/web"));
        Assert.That(Owners(zone, "192.0.2.1"), Is.Empty);
        Assert.That(zone.Zone.Tables.ServicesByExternalAddress.Items(), Is.Empty);
    }

    [Test]
    public void Index_OfServicesWithoutAddressesOutside_IsEmpty()
    {
        var zone = new ZoneUnderTest().Apply(Service("a/web", "10.96.0.1"));
        Assert.That(zone.Zone.Tables.ServicesByExternalAddress.Items(), Is.Empty);
    }

    [TestCase("192.0.2.2", "", "http/tcp/80", true)]
    [TestCase("192.0.2.1", "lb.example.org", "http/tcp/80", true)]
    [TestCase("192.0.2.1", "", "http/tcp/81", true)]
    [TestCase("192.0.2.1", "", "http/tcp/80", false)]
    public void Serial_AfterAnUpdate_MovesWithWhatIsSeenOutside(string addresses, string hostnames, string ports, bool moves)
    {
        var zone = new ZoneUnderTest().Apply(Reached("a/web", "192.0.2.1"));
        var before = zone.Zone.ExternalSerial;
        zone.Time.Advance(TimeSpan.FromSeconds(5));
        zone.Apply(Reached("a/web", addresses, hostnames, ports));

        Assert.That(before, Is.Zero);
        Assert.That(zone.Zone.ExternalSerial, Is.EqualTo(moves ? (uint)zone.Time.GetUtcNow().ToUnixTimeSeconds() : 0));
    }

    [Test]
    public void Serial_AfterARemoval_Stays()
    {
        var zone = new ZoneUnderTest().Apply(Reached("a/web", "192.0.2.1"), Remove(ResourceKind.Service, "a/web"));
        Assert.That(zone.Zone.ExternalSerial, Is.Zero);
        Assert.That(zone.Zone.Serial, Is.Positive);
    }

    private static string Owners(ZoneUnderTest zone, string address)
    {
        var owners = new List<string>();
        foreach (var service in zone.Zone.FindServicesByExternalAddress(Address(address)))
        {
            owners.Add($"{System.Text.Encoding.ASCII.GetString(service.Label)}.{System.Text.Encoding.ASCII.GetString(service.Namespace.Label)}");
        }

        return string.Join(' ', owners);
    }
}
