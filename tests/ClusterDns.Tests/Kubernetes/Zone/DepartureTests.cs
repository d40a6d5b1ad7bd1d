using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>An endpoint on its way from one slice to another has its names all the time; one that is gone has not.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DepartureTests
{
    private static readonly TimeSpan Grace = Departures.UsualGrace;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly ZoneUnderTest _zone = new(Grace);

    public DepartureTests() => _zone.Apply(
        Namespace("shop"), Service("shop/web", ""), Slice("shop/a", "web", Group("10.0.0.1=one 10.0.0.2")), Slice("shop/b", "web", Group("10.0.0.9")));

    [Test]
    public void Endpoint_MovesByTwoEvents_IsNeverAbsentNorTwice()
    {
        _zone.Apply(Slice("shop/a", "web", Group("10.0.0.2")));
        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.1=one 10.0.0.9"));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop[0]=one"));

        _zone.Apply(Slice("shop/b", "web", Group("10.0.0.9 10.0.0.1=one")));
        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9 10.0.0.1=one"));
        Assert.That(_zone.OwnersOf("10.0.0.1"), Is.EqualTo("web.shop[1]=one"));
    }

    [Test]
    public void Endpoint_MovesToANewSlice_IsNeverAbsent()
    {
        _zone.Apply(Slice("shop/a", "web", Group("10.0.0.2")), Slice("shop/c", "web", Group("10.0.0.1=one")));

        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9 10.0.0.1=one"));
    }

    [Test]
    public void Slice_DeletedBeforeAnotherHasItsEndpoints_KeepsThemUntilThen()
    {
        _zone.Apply(Remove(ResourceKind.EndpointSlice, "shop/a"));
        Assert.That(Served, Is.EqualTo("10.0.0.1=one 10.0.0.2 10.0.0.9"));

        _zone.Apply(Slice("shop/b", "web", Group("10.0.0.9 10.0.0.2")));
        Assert.That(Served, Is.EqualTo("10.0.0.1=one 10.0.0.9 10.0.0.2"));

        _zone.Apply(Slice("shop/c", "web", Group("10.0.0.1=one")));
        Assert.That(Served, Is.EqualTo("10.0.0.9 10.0.0.2 10.0.0.1=one"));
        Assert.That(_zone.Zone.Tables.Endpoints.Items().Count(), Is.EqualTo(2), "the deleted slice's place is free");
    }

    [Test]
    public void Endpoint_ThatTurnsUpNowhere_IsGoneAfterTheGrace()
    {
        _zone.Apply(Slice("shop/a", "web", Group("10.0.0.2")));
        Pass(Grace - Moment);
        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.1=one 10.0.0.9"));

        Pass(Moment * 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9"));
            Assert.That(_zone.OwnersOf("10.0.0.1"), Is.Empty);
            Assert.That(_zone.Zone.EndpointCount, Is.EqualTo(2));
            Assert.That(_zone.Writer.UntilNextDeparture, Is.Null);
        }
    }

    [Test]
    public void Slice_ThatLosesMoreAndMore_KeepsEachForItsOwnGraceOnly()
    {
        _zone.Apply(Slice("shop/a", "web", Group("10.0.0.2")));
        Pass(Grace / 2);
        _zone.Apply(Slice("shop/a", "web"));
        Assert.That(Served, Is.EqualTo("10.0.0.1=one 10.0.0.2 10.0.0.9"));

        Pass((Grace / 2) + Moment);
        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9"));

        Pass(Grace / 2);
        Assert.That(Served, Is.EqualTo("10.0.0.9"));
    }

    [Test]
    public void Endpoint_ThatIsNotReady_GoesAtOnce()
    {
        _zone.Apply(ClusterChange.Put(
            ResourceKind.EndpointSlice,
            new EndpointsRecord(Key("shop/a"), "web", [Group("10.0.0.2", notReady: 1)]) { NotReady = [Address("10.0.0.1")] }));

        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9"));
    }

    [Test]
    public void Endpoint_TurnsUpElsewhereAndIsNotReady_GoesAtOnce()
    {
        _zone.Apply(Slice("shop/a", "web", Group("10.0.0.2")));
        _zone.Apply(ClusterChange.Put(
            ResourceKind.EndpointSlice,
            new EndpointsRecord(Key("shop/b"), "web", [Group("10.0.0.9", notReady: 1)]) { NotReady = [Address("10.0.0.1")] }));

        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9"));
    }

    [Test]
    public void Hostname_WithANextOwner_IsNotTheLastOnesAnyMore()
    {
        _zone.Apply(Slice("shop/a", "web", Group("10.0.0.7=one 10.0.0.2")));
        Assert.That(Served, Is.EqualTo("10.0.0.7=one 10.0.0.2 10.0.0.9"), "in the same slice");

        _zone.Apply(Slice("shop/a", "web", Group("10.0.0.2")), Slice("shop/b", "web", Group("10.0.0.9 10.0.0.8=one")));
        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9 10.0.0.8=one"), "in another");
    }

    [Test]
    public void OnlySlice_LosesAnEndpoint_LosesItAtOnce()
    {
        _zone.Apply(Service("shop/api", ""), Slice("shop/api-x", "api", Group("10.0.1.1 10.0.1.2")), Slice("shop/api-x", "api", Group("10.0.1.2")));

        Assert.That(_zone.EndpointsOf("shop/api"), Is.EqualTo("10.0.1.2"));
    }

    [Test]
    public void Slice_DeletedAndBackAtOnce_IsServedAsItSays()
    {
        _zone.Apply(Remove(ResourceKind.EndpointSlice, "shop/a"), Slice("shop/a", "web", Group("10.0.0.1=one")));
        Assert.That(Served, Is.EqualTo("10.0.0.1=one 10.0.0.2 10.0.0.9"));

        Pass(Grace + Moment);
        Assert.That(Served, Is.EqualTo("10.0.0.1=one 10.0.0.9"));
        Assert.That(_zone.Zone.Tables.Endpoints.Items().Count(), Is.EqualTo(2));
    }

    [Test]
    public void List_WithTheEndpointInALaterSlice_LeavesNoGap()
    {
        _zone.Apply(ClusterChange.RelistStarted(ResourceKind.EndpointSlice), Slice("shop/a", "web", Group("10.0.0.2")));
        Assert.That(Served, Does.Contain("10.0.0.1=one"));

        _zone.Apply(Slice("shop/c", "web", Group("10.0.0.1=one")), ClusterChange.RelistFinished(ResourceKind.EndpointSlice));
        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.1=one"));
    }

    [Test]
    public void List_AtItsEnd_LeavesNothingThatItDidNotHave()
    {
        _zone.Relist(ResourceKind.EndpointSlice, Slice("shop/a", "web", Group("10.0.0.2")));

        Assert.That(Served, Is.EqualTo("10.0.0.2"));
        Assert.That(_zone.Writer.UntilNextDeparture, Is.Null);
    }

    [Test]
    public void List_ThatStalls_KeepsNothingForEver()
    {
        _zone.Apply(ClusterChange.RelistStarted(ResourceKind.EndpointSlice), Slice("shop/a", "web", Group("10.0.0.2")));
        Pass(TimeSpan.FromSeconds(6));

        Assert.That(Served, Is.EqualTo("10.0.0.2 10.0.0.9"));
    }

    [Test]
    public void Serial_MovesWhenTheEndpointGoesAndNotBefore()
    {
        Assert.That(_zone.IsRelevant(Remove(ResourceKind.EndpointSlice, "shop/a")), Is.True);
        var before = _zone.Zone.Serial;
        Pass(TimeSpan.FromSeconds(2));

        Assert.That(_zone.Zone.Serial, Is.GreaterThan(before));
    }

    [Test]
    public void Endpoints_BeyondTheBound_AreNotWaitedFor()
    {
        var many = string.Join(' ', Enumerable.Range(0, 30_000).Select(i => $"10.{1 + (i / 62_500)}.{i / 250 % 250}.{i % 250}"));
        _zone.Apply(Slice("shop/c", "web", Group(many)), Slice("shop/c", "web"));

        Assert.That(Served, Is.EqualTo("10.0.0.1=one 10.0.0.2 10.0.0.9"));
    }

    private string Served => _zone.EndpointsOf("shop/web");

    private void Pass(TimeSpan time)
    {
        _zone.Time.Advance(time);
        _zone.Writer.ReleaseDepartures();
    }
}
