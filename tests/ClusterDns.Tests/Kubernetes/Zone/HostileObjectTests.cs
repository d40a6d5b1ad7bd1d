using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>What an API server would refuse and a manifest may hold.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HostileObjectTests
{
    private readonly ZoneUnderTest _zone = new();

    public HostileObjectTests() => _zone.Apply(Namespace("shop"));

    private static IEnumerable<string> NamesThatAreNoLabel =>
        ["", "Web", "we b", "web.shop", "-web", "web-", "_web", "w\u0000b", "wéb", "web\n", new string('a', 64)];

    [TestCaseSource(nameof(NamesThatAreNoLabel))]
    public void Service_NameIsNoLabel_IsSkippedAndToldOnce(string name)
    {
        var record = new ServiceRecord { Key = new ObjectKey("shop", name), Kind = ServiceKind.Headless };

        _zone.Apply(ClusterChange.Put(record), ClusterChange.Put(record), ClusterChange.Remove(ResourceKind.Service, record.Key));

        Assert.That(_zone.Zone.ServiceCount, Is.Zero);
        Assert.That(_zone.Zone.Serial, Is.Zero);
        Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(1).And.All.Contain($"Service shop/{name}: its name or namespace"));
    }

    [TestCaseSource(nameof(NamesThatAreNoLabel))]
    public void Namespace_NameIsNoLabel_IsSkipped_AndAllThatIsInIt(string name)
    {
        var key = new ObjectKey(name, "web");
        _zone.Apply(
            Namespace(name),
            ClusterChange.Put(new ServiceRecord { Key = key, Kind = ServiceKind.Headless }),
            ClusterChange.Put(ResourceKind.EndpointSlice, new EndpointsRecord(key, "web", [Group("10.0.0.1")])),
            ClusterChange.Put(new PodRecord(key, Address("10.0.0.1"), null, false)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.Zone.NamespaceCount, Is.EqualTo(1));
            Assert.That(_zone.Zone.ServiceCount + _zone.Zone.EndpointCount + _zone.Zone.PodCount, Is.Zero);
            Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(4));
            Assert.That(_zone.Zone.Tables.Namespaces.Items().Count(), Is.EqualTo(1));
            Assert.That(_zone.Zone.Tables.Services.Items(), Is.Empty);
        }
    }

    [Test]
    public void Labels_OfSixtyThreeOctets_AreServed()
    {
        var label = new string('x', 63);

        _zone.Apply(Namespace(label), Service($"{label}/{label}", "10.96.0.1"));

        Assert.That(_zone.Find($"{label}/{label}")!.QualifiedLabels.Length, Is.EqualTo(128));
    }

    [TestCase("My_Svc")]
    [TestCase("a.b")]
    public void Slice_ServiceIsNoLabel_HasNoNames_UntilItIs(string service)
    {
        _zone.Apply(Service("shop/web", ""), Slice("shop/x", service, Group("10.0.0.1")));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.Empty);
        Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(1).And.All.Contain("EndpointSlice shop/x: the name of its Service"));

        _zone.Apply(Slice("shop/x", "web", Group("10.0.0.1")));
        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1"));
    }

    [Test]
    public void Slice_NameTooLong_IsSkipped()
    {
        var longest = $"shop/{new string('a', 253)}";
        var tooLong = longest + "a";

        _zone.Apply(Service("shop/web", ""), Slice(longest, "web", Group("10.0.0.1")), Slice(tooLong, "web", Group("10.0.0.2")));

        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1"));
        Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(1));
    }

    [Test]
    public void Hostname_IsNoLabel_EndpointIsServedWithout()
    {
        _zone.Apply(Service("shop/web", ""), Slice("shop/x", "web", Group("10.0.0.1=a.b 10.0.0.2=" + new string('h', 64) + " 10.0.0.3=OK")));

        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1 10.0.0.2 10.0.0.3=ok"));
        Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(1).And.All.Contain("EndpointSlice shop/x: a hostname or port name"));
    }

    [Test]
    public void Ports_DoubleOrUnusable_AreLeftOut()
    {
        _zone.Apply(Service("shop/web", "10.96.0.1", "http/tcp/80 http/tcp/80 /tcp/81 b_d/tcp/82 x//83 y/tcp/0 z/tcp/65536 http/udp/80"));

        Assert.That(string.Join(' ', _zone.Find("shop/web")!.Ports.ToArray()), Is.EqualTo("http/tcp/80 /tcp/81 http/udp/80"));
        Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(1).And.All.Contain("Service shop/web: a port's name"));
    }

    [Test]
    public void ClusterAddress_Twice_CountsOnce()
    {
        _zone.Apply(Service("shop/web", "10.96.0.1 10.96.0.1"));
        Assert.That(_zone.Find("shop/web")!.ClusterAddresses.Length, Is.EqualTo(1));

        _zone.Apply(Remove(ResourceKind.Service, "shop/web"));
        Assert.That(_zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1")), Is.Null);
    }

    [Test]
    public void Service_WithoutAnything_IsServedEmpty()
    {
        _zone.Apply(ClusterChange.Put(new ServiceRecord { Key = Key("shop/web"), Kind = ServiceKind.ClusterIP }));

        var service = _zone.Find("shop/web")!;

        Assert.That(service.ClusterAddresses.Length + service.Ports.Length + service.Endpoints.Length + service.ReadyCount, Is.Zero);
    }

    [Test]
    public void TenThousandEndpoints_InOneObject_AreAllServed()
    {
        var builder = new PackedEndpoints.Builder(isIPv4: true);
        for (var i = 0; i < 10_000; i++)
        {
            builder.TryAdd(Address($"10.1.{i / 250}.{i % 250}"), $"web-{i}", null);
        }

        _zone.Apply(Service("shop/web", ""), Endpoints("shop/web", builder.Build()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.Find("shop/web")!.ReadyCount, Is.EqualTo(10_000));
            Assert.That(_zone.OwnersOf("10.1.39.249"), Is.EqualTo("web.shop[9999]=web-9999"));
        }

        _zone.Apply(Endpoints("shop/web", Group("10.1.0.0")));
        Assert.That(_zone.OwnersOf("10.1.39.249"), Is.Empty);
        Assert.That(_zone.OwnersOf("10.1.0.0"), Is.EqualTo("web.shop[0]="));
    }

    [Test]
    public void OneAddress_OwnedByAThousandSlices_IsFoundForEach()
    {
        _zone.Apply(Enumerable.Range(0, 1000).Select(i => Slice($"shop/x{i}", $"s{i}", Group("192.0.2.1"))));
        Assert.That(_zone.OwnersOf("192.0.2.1").Split(' '), Has.Length.EqualTo(1000));

        _zone.Relist(ResourceKind.EndpointSlice, Slice("shop/x7", "s7", Group("192.0.2.1")));
        Assert.That(_zone.OwnersOf("192.0.2.1"), Is.EqualTo("s7.shop?[0]="));
    }

    [Test]
    public void Rejections_BeyondTheLimit_AreNoLongerTold()
    {
        _zone.Apply(Enumerable.Range(0, 3000).Select(i => Namespace($"Not-{i}")));

        Assert.That(_zone.Logger.Lines, Has.Length.EqualTo(1025));
        Assert.That(_zone.Logger.Lines[^1], Does.Contain("more are not named"));
    }
}
