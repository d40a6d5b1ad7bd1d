using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RelistTests
{
    private readonly ZoneUnderTest _zone = new(ResourceKind.Service, ResourceKind.EndpointSlice);

    public RelistTests() => _zone.Apply(Namespace("shop"));

    [Test]
    public void Zone_IsSynced_OnceEveryKindWasListed()
    {
        Assert.That(_zone.Zone.IsSynced, Is.False);

        _zone.Relist(ResourceKind.Service);
        Assert.That(_zone.Zone.IsSynced, Is.False);

        _zone.Apply(ClusterChange.RelistStarted(ResourceKind.EndpointSlice), Slice("shop/x", "web", Group("10.0.0.1")));
        Assert.That(_zone.Zone.IsSynced, Is.False);

        _zone.Apply(ClusterChange.RelistFinished(ResourceKind.EndpointSlice));
        Assert.That(_zone.Zone.IsSynced, Is.True);
    }

    [Test]
    public void Zone_OnceSynced_StaysSoThroughLists()
    {
        _zone.Relist(ResourceKind.Service).Relist(ResourceKind.EndpointSlice);

        _zone.Apply(ClusterChange.RelistStarted(ResourceKind.Service));

        Assert.That(_zone.Zone.IsSynced, Is.True);
    }

    [Test]
    public void ZoneOfNoKinds_IsSynced() => Assert.That(new ZoneUnderTest().Zone.IsSynced, Is.True);

    [Test]
    public void List_WhileItRuns_RemovesNothing()
    {
        _zone.Apply(Service("shop/web", "10.96.0.1"), ClusterChange.RelistStarted(ResourceKind.Service), Service("shop/api", "10.96.0.2"));

        Assert.That(_zone.Find("shop/web"), Is.Not.Null);
    }

    [Test]
    public void List_OfKnownObjects_KeepsTheVeryEntries()
    {
        _zone.Apply(Service("shop/web", ""), Slice("shop/x", "web", Group("10.0.0.1")));
        var service = _zone.Find("shop/web");

        _zone.Relist(ResourceKind.Service, Service("shop/web", ""));
        _zone.Relist(ResourceKind.EndpointSlice, Slice("shop/x", "web", Group("10.0.0.1")));

        Assert.That(_zone.Find("shop/web"), Is.SameAs(service));
    }

    [Test]
    public void List_SweepsItsKindOnly()
    {
        _zone.Apply(
            Service("shop/web", ""),
            Slice("shop/a", "web", Group("10.0.0.1")),
            Slice("shop/b", "web", Group("10.0.0.2")),
            Endpoints("shop/web", Group("10.0.0.3")),
            Pod("shop/web-0", "10.0.0.1"));

        _zone.Relist(ResourceKind.EndpointSlice, Slice("shop/b", "web", Group("10.0.0.2")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.2"));
            Assert.That(_zone.OwnersOf("10.0.0.1"), Is.Empty);
            Assert.That(_zone.Zone.PodCount, Is.EqualTo(1));
        }

        // The Endpoints object was hidden, not gone.
        _zone.Relist(ResourceKind.EndpointSlice);
        Assert.That(_zone.EndpointsOf("shop/web"), Is.EqualTo("10.0.0.3"));
    }

    [Test]
    public void List_BrokenOffAndBegunAgain_SweepsWhatOnlyTheFirstHad()
    {
        _zone.Apply(
            ClusterChange.RelistStarted(ResourceKind.Service),
            Service("shop/gone", "10.96.0.1"),
            ClusterChange.RelistStarted(ResourceKind.Service),
            Service("shop/web", "10.96.0.2"),
            ClusterChange.RelistFinished(ResourceKind.Service));

        Assert.That(_zone.Find("shop/gone"), Is.Null);
        Assert.That(_zone.Find("shop/web"), Is.Not.Null);
    }

    [Test]
    public void Object_RemovedWithinAList_IsGone()
    {
        _zone.Relist(ResourceKind.Service, Service("shop/web", "10.96.0.1"), Remove(ResourceKind.Service, "shop/web"));

        Assert.That(_zone.Find("shop/web"), Is.Null);
        Assert.That(_zone.Zone.ServiceCount, Is.Zero);
    }

    [Test]
    public void ThousandServices_Swept_LeaveTheRestFindable()
    {
        _zone.Apply(Enumerable.Range(0, 1000).Select(i => Service($"shop/s{i}", $"10.96.{i / 250}.{i % 250}")));

        _zone.Relist(ResourceKind.Service, Enumerable.Range(0, 1000).Where(i => i % 7 == 0).Select(i => Service($"shop/s{i}", $"10.96.{i / 250}.{i % 250}")));

        for (var i = 0; i < 1000; i++)
        {
            Assert.That(_zone.Find($"shop/s{i}") is not null, Is.EqualTo(i % 7 == 0), $"s{i}");
        }
    }
}
