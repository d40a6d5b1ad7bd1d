using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ServiceWriterTests
{
    private readonly ZoneUnderTest _zone = new();

    [Test]
    public void Service_Put_IsFoundByNameAndAddress()
    {
        _zone.Apply(Namespace("shop"), Service("shop/web", "10.96.0.1 fd00::1", "http/tcp/80 dns/udp/53"));

        var service = _zone.Find("shop/web");

        Assert.That(service, Is.Not.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(service!.Kind, Is.EqualTo(ServiceKind.ClusterIP));
            Assert.That(service.QualifiedLabels.ToArray(), Is.EqualTo("\u0003web\u0004shop"u8.ToArray()));
            Assert.That(ZoneText.Ascii(service.Label), Is.EqualTo("web"));
            Assert.That(ZoneText.Ascii(service.Namespace.Label), Is.EqualTo("shop"));
            Assert.That(service.ClusterAddresses.ToArray(), Is.EqualTo(new[] { Address("10.96.0.1"), Address("fd00::1") }));
            Assert.That(string.Join(' ', service.Ports.ToArray()), Is.EqualTo("http/tcp/80 dns/udp/53"));
            Assert.That(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1")), Is.SameAs(service));
            Assert.That(_zone.Zone.FindServiceByClusterAddress(Address("fd00::1")), Is.SameAs(service));
            Assert.That(_zone.Zone.ServiceCount, Is.EqualTo(1));
        }
    }

    [TestCase(1)]
    [TestCase(31)]
    [TestCase(32)]
    [TestCase(63)]
    public void Service_OfAnyLength_IsFoundByItsWholeNameOnly(int length)
    {
        var name = new string('a', length);
        _zone.Apply(Namespace("shop"), Service($"shop/{name}", "10.96.0.1"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.Find($"shop/{name}"), Is.Not.Null);
            Assert.That(_zone.Find($"shop/{name[1..]}b"), Is.Null);
            Assert.That(_zone.Find($"shop/{name}a"), Is.Null);
            Assert.That(_zone.Find($"shop/{name}\0"), Is.Null);
        }
    }

    [Test]
    public void Service_BeforeItsNamespace_AppearsWithIt()
    {
        _zone.Apply(Service("shop/web", "10.96.0.1"));
        Assert.That(_zone.Zone.FindNamespace("shop"u8), Is.Null);
        // A PTR does not ask for the namespace; the reference answers it as well.
        Assert.That(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1"))?.Namespace.Exists, Is.False);

        _zone.Apply(Namespace("shop"));

        Assert.That(_zone.Find("shop/web"), Is.Not.Null);
    }

    [Test]
    public void Service_AfterItsSlice_HasItsEndpoints()
    {
        _zone.Apply(Namespace("shop"), Slice("shop/web-1", "web", Group("10.0.0.1")), Service("shop/web", ""));

        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1"));
    }

    [Test]
    public void Service_Updated_KeepsItsEndpoints()
    {
        _zone.Apply(Namespace("shop"), Service("shop/web", "10.96.0.1"), Slice("shop/web-1", "web", Group("10.0.0.1", notReady: 2)));

        _zone.Apply(Service("shop/web", "10.96.0.2", "https/tcp/443"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1"));
            Assert.That(_zone.Find("shop/web")!.NotReadyCount, Is.EqualTo(2));
            Assert.That(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1")), Is.Null);
            Assert.That(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.2")), Is.SameAs(_zone.Find("shop/web")));
        }
    }

    [Test]
    public void Service_PutTwice_PublishesNothing()
    {
        _zone.Apply(Namespace("shop"), Service("shop/web", "10.96.0.1"));
        var service = _zone.Find("shop/web");

        var isRelevant = _zone.IsRelevant(Service("shop/web", "10.96.0.1"));

        Assert.That(_zone.Find("shop/web"), Is.SameAs(service));
        Assert.That(isRelevant, Is.False);
    }

    [Test]
    public void Service_Removed_LeavesNothingBehind()
    {
        _zone.Apply(Service("shop/web", "10.96.0.1"), Remove(ResourceKind.Service, "shop/web"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1")), Is.Null);
            Assert.That(_zone.Zone.ServiceCount, Is.Zero);
            Assert.That(_zone.Zone.Tables.Services.Items(), Is.Empty);
            Assert.That(_zone.Zone.Tables.Namespaces.Items(), Is.Empty);
        }
    }

    [Test]
    public void Service_RemovedAndBack_FindsItsEndpointsAgain()
    {
        _zone.Apply(Namespace("shop"), Service("shop/web", ""), Slice("shop/web-1", "web", Group("10.0.0.1=a")));

        _zone.Apply(Remove(ResourceKind.Service, "shop/web"));
        Assert.That(_zone.Find("shop/web"), Is.Null);
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop?[0]=a"));

        _zone.Apply(Service("shop/web", ""));
        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1=a"));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop[0]=a"));
    }

    [Test]
    public void Service_RemovedWithoutBeingKnown_ChangesNothing() =>
        Assert.That(_zone.IsRelevant(Remove(ResourceKind.Service, "shop/web")), Is.False);

    [Test]
    public void TwoServices_WithOneAddress_AreFoundInOrderOfNames()
    {
        _zone.Apply(Service("b/web", "10.96.0.1"), Service("a/web", "10.96.0.1"), Service("a/api", "10.96.0.1"));
        Assert.That(ZoneText.Ascii(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1"))!.Label), Is.EqualTo("api"));

        _zone.Apply(Remove(ResourceKind.Service, "a/api"), Remove(ResourceKind.Service, "a/web"));
        Assert.That(ZoneText.Ascii(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1"))!.Namespace.Label), Is.EqualTo("b"));
    }

    [TestCase("db.example.org", "db.example.org.")]
    [TestCase("DB.Example.org.", "DB.Example.org.")]
    [TestCase("1.2.3.4.", "1.2.3.4.", TestName = "ExternalName_AddressWithFinalDot_IsAName")]
    public void ExternalName_Name_IsKeptAsWritten(string target, string expected)
    {
        _zone.Apply(Namespace("shop"), ExternalName("shop/db", target));

        Assert.That(WireName.ToText(_zone.Find("shop/db")!.ExternalName), Is.EqualTo(expected));
    }

    [TestCase("192.0.2.1")]
    [TestCase("2001:db8::1")]
    [TestCase("a..b")]
    [TestCase(".")]
    [TestCase("")]
    [TestCase(null)]
    public void ExternalName_NoName_IsEmptyAndToldOnce(string? target)
    {
        _zone.Apply(Namespace("shop"), ExternalName("shop/db", target), ExternalName("shop/db", target));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.Find("shop/db")!.Kind, Is.EqualTo(ServiceKind.ExternalName));
            Assert.That(_zone.Find("shop/db")!.ExternalName.IsEmpty, Is.True);
            Assert.That(_zone.Logger.Lines, Is.EqualTo(new[] { "Warning: Service shop/db: externalName is not a domain name; it is left out" }));
        }
    }

    [Test]
    public void ExternalName_OfAnotherKind_IsNotRead()
    {
        _zone.Apply(Namespace("shop"), ClusterChange.Put(new ServiceRecord
        {
            Key = Key("shop/db"),
            Kind = ServiceKind.ClusterIP,
            ExternalName = "db.example.org",
        }));

        Assert.That(_zone.Find("shop/db")!.ExternalName.IsEmpty, Is.True);
    }

    [Test]
    public void Externals_AreKept_AndHostnamesThatAreNoneLeftOut()
    {
        _zone.Apply(Namespace("shop"), ClusterChange.Put(new ServiceRecord
        {
            Key = Key("shop/web"),
            Kind = ServiceKind.ClusterIP,
            ExternalAddresses = [Address("192.0.2.7"), Address("192.0.2.7")],
            ExternalHostnames = ["lb.example.org", "not..a.name"],
        }));

        var service = _zone.Find("shop/web")!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.ExternalAddresses.ToArray(), Is.EqualTo(new[] { Address("192.0.2.7") }));
            Assert.That(service.ExternalHostnames.ToArray(), Is.EqualTo(new[] { DnsName.Parse("lb.example.org") }));
            Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(1));
        }
    }
}
