using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EndpointsWriterTests
{
    private readonly ZoneUnderTest _zone = new();

    public EndpointsWriterTests() => _zone.Apply(Namespace("shop"), Service("shop/web", ""), Service("shop/api", ""));

    [Test]
    public void Slices_OfOneService_StandInOrderOfTheirNames()
    {
        _zone.Apply(
            Slice("shop/web-c", "web", Group("10.0.0.3")),
            Slice("shop/web-a", "web", Group("10.0.0.1=a")),
            Slice("shop/web-b", "web", Group("fd00::2 fd00::3", notReady: 1)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1=a fd00::2 fd00::3 10.0.0.3"));
            Assert.That(_zone.Find("shop/web")!.ReadyCount, Is.EqualTo(4));
            Assert.That(_zone.Find("shop/web")!.NotReadyCount, Is.EqualTo(1));
            Assert.That(_zone.Zone.EndpointCount, Is.EqualTo(4));
        }
    }

    [Test]
    public void Slice_InTheMiddleRemoved_LeavesTheOthers()
    {
        _zone.Apply(
            Slice("shop/web-a", "web", Group("10.0.0.1")),
            Slice("shop/web-b", "web", Group("10.0.0.2")),
            Slice("shop/web-c", "web", Group("10.0.0.3")));

        _zone.Apply(Remove(ResourceKind.EndpointSlice, "shop/web-b"));

        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1 10.0.0.3"));
        Assert.That(_zone.OwnersOf("10.0.0.2"), Is.Empty);
    }

    [Test]
    public void Address_InSeveralSlices_HasAnOwnerForEach()
    {
        _zone.Apply(
            Slice("shop/web-b", "web", Group("10.0.0.9 10.0.0.1=b")),
            Slice("shop/web-a", "web", Group("10.0.0.1=a 10.0.0.1=twice")),
            Slice("shop/api-x", "api", Group("10.0.0.1")),
            Slice("other/x", "far", Group("10.0.0.1=far")));

        Assert.That(
            _zone.OwnersOf("10.0.0.1"),
            Is.EqualTo("far.other?[0]=far api.shop[0]= web.shop[0]=a web.shop[1]=twice web.shop[1]=b"));
    }

    [Test]
    public void Address_InSeveralGroups_HasAnOwnerForEach()
    {
        _zone.Apply(Endpoints("shop/web", Group("10.0.0.1", "a/tcp/1"), Group("fd00::1", "a/tcp/1"), Group("10.0.0.2 10.0.0.1=x", "b/tcp/2")));

        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop[0]= web.shop[1]=x"));
        Assert.That(_zone.OwnersOf("fd00::1"), Is.EqualTo("web.shop[0]="));
    }

    [Test]
    public void Slice_Updated_ReplacesItsEndpointsOnly()
    {
        _zone.Apply(Slice("shop/web-a", "web", Group("10.0.0.1 10.0.0.2")), Slice("shop/web-b", "web", Group("10.0.0.5")));

        _zone.Apply(Slice("shop/web-a", "web", Group("10.0.0.2 10.0.0.3")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.2 10.0.0.3 10.0.0.5"));
            Assert.That(_zone.OwnersOf("10.0.0.1"), Is.Empty);
            Assert.That(_zone.OwnersOf("10.0.0.2"), Is.EqualTo("web.shop[0]="));
            Assert.That(_zone.OwnersOf("10.0.0.3"), Is.EqualTo("web.shop[1]="));
            Assert.That(_zone.Zone.EndpointCount, Is.EqualTo(3));
        }
    }

    [Test]
    public void Slice_OfAnotherServiceNow_Moves()
    {
        _zone.Apply(Slice("shop/x", "web", Group("10.0.0.1")));

        _zone.Apply(Slice("shop/x", "api", Group("10.0.0.1")));

        Assert.That(_zone.EndpointsOf("shop/web"), Is.Empty);
        Assert.That(_zone.EndpointsOf("shop/api"), Is.EqualTo("10.0.0.1"));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("api.shop[0]="));
    }

    [Test]
    public void Slice_WithoutService_HasNoNames()
    {
        _zone.Apply(Slice("shop/x", "", Group("10.0.0.1")));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.Empty);
        Assert.That(_zone.Zone.EndpointCount, Is.Zero);

        _zone.Apply(Slice("shop/x", "web", Group("10.0.0.1")));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop[0]="));

        _zone.Apply(Slice("shop/x", "", Group("10.0.0.1")));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.Empty);
    }

    [Test]
    public void Endpoints_BesideSlices_AreHidden()
    {
        _zone.Apply(Endpoints("shop/web", Group("10.0.0.7=legacy 10.0.0.1=legacy")));
        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.7=legacy 10.0.0.1=legacy"));

        _zone.Apply(Slice("shop/web-a", "web", Group("10.0.0.1=new")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.1=new"));
            Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop[0]=new"));
            Assert.That(_zone.OwnersOf("10.0.0.7"), Is.Empty);
        }

        _zone.Apply(Remove(ResourceKind.EndpointSlice, "shop/web-a"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.7=legacy 10.0.0.1=legacy"));
            Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop[1]=legacy"));
        }
    }

    [Test]
    public void Endpoints_WithTheNameOfASlice_IsAnotherObject()
    {
        _zone.Apply(Slice("shop/web", "api", Group("10.0.0.1")), Endpoints("shop/web", Group("10.0.0.2")));

        _zone.Apply(Remove(ResourceKind.EndpointSlice, "shop/web"));

        Assert.That(_zone.EndpointsOf("shop/api"), Is.Empty);
        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.2"));
    }

    [Test]
    public void Slice_PutTwice_PublishesNothing()
    {
        _zone.Apply(Slice("shop/web-a", "web", Group("10.0.0.1=a", notReady: 1), Group("fd00::1")));
        var service = _zone.Find("shop/web");

        var isRelevant = _zone.IsRelevant(Slice("shop/web-a", "web", Group("10.0.0.1=a", notReady: 1), Group("fd00::1")));

        Assert.That(_zone.Find("shop/web"), Is.SameAs(service));
        Assert.That(isRelevant, Is.False);
    }

    [Test]
    public void Slice_MoreNotReady_IsShownButNotRelevant()
    {
        _zone.Apply(Slice("shop/web-a", "web", Group("10.0.0.1", notReady: 1)));

        var isRelevant = _zone.IsRelevant(Slice("shop/web-a", "web", Group("10.0.0.1", notReady: 4)));

        Assert.That(_zone.Find("shop/web")!.NotReadyCount, Is.EqualTo(4));
        Assert.That(isRelevant, Is.False);
    }

    [Test]
    public void Groups_WithoutReadyEndpoints_AreLeftOut()
    {
        _zone.Apply(Slice("shop/web-a", "web", Group("", notReady: 3), Group("10.0.0.1")));

        var service = _zone.Find("shop/web")!;

        Assert.That(service.Endpoints.Length, Is.EqualTo(1));
        Assert.That(service.NotReadyCount, Is.EqualTo(3));
    }

    [Test]
    public void Ports_OfEqualGroups_AreKeptOnce()
    {
        _zone.Apply(Slice("shop/web-a", "web", Group("10.0.0.1")), Slice("shop/api-a", "api", Group("10.0.0.2")));

        var ports = _zone.Find("shop/web")!.Endpoints[0].Ports;

        Assert.That(ports == _zone.Find("shop/api")!.Endpoints[0].Ports, Is.True, "same memory");
        Assert.That(ports[0].ToString(), Is.EqualTo("http/tcp/8080"));
    }

    [Test]
    public void Objects_AllRemoved_LeaveNothingBehind()
    {
        _zone.Apply(Slice("shop/x", "web", Group("10.0.0.1")), Slice("far/x", "far", Group("10.0.0.1")), Endpoints("shop/web", Group("10.0.0.1")));

        _zone.Apply(
            Remove(ResourceKind.EndpointSlice, "shop/x"),
            Remove(ResourceKind.EndpointSlice, "far/x"),
            Remove(ResourceKind.Endpoints, "shop/web"),
            Remove(ResourceKind.Service, "shop/web"),
            Remove(ResourceKind.Service, "shop/api"),
            ClusterChange.Remove(ResourceKind.Namespace, new ObjectKey("", "shop")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.Zone.Tables.EndpointsByAddress.Items(), Is.Empty);
            Assert.That(_zone.Zone.Tables.Endpoints.Items(), Is.Empty);
            Assert.That(_zone.Zone.Tables.Services.Items(), Is.Empty);
            Assert.That(_zone.Zone.Tables.Namespaces.Items(), Is.Empty);
            Assert.That(_zone.Zone.EndpointCount, Is.Zero);
        }
    }
}
