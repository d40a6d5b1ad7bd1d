using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SerialTests
{
    private readonly ZoneUnderTest _zone = new();

    [Test]
    public void Serial_BeforeAnyChange_IsZero() => Assert.That(_zone.Zone.Serial, Is.Zero);

    [Test]
    public void Serial_AfterAChange_IsItsUnixTime()
    {
        _zone.Time.Advance(TimeSpan.FromSeconds(5));
        _zone.Apply(Service("shop/web", "10.96.0.1"));
        _zone.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(_zone.Zone.Serial, Is.EqualTo(1_700_000_005));
    }

    [Test]
    public void Serial_OfANamespace_StaysAsItWas() => Assert.That(_zone.IsRelevant(Namespace("shop")), Is.False);

    [TestCaseSource(nameof(Objects))]
    public void Serial_ObjectAddedAndRemoved_MovesOnEach(ResourceKind kind, ClusterChange put)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.IsRelevant(put), Is.True, "added");
            Assert.That(_zone.IsRelevant(put), Is.False, "repeated");
            Assert.That(_zone.IsRelevant(ClusterChange.Remove(kind, put.Key)), Is.True, "removed");
            Assert.That(_zone.IsRelevant(ClusterChange.Remove(kind, put.Key)), Is.False, "removed again");
        }
    }

    [TestCaseSource(nameof(Objects))]
    public void Serial_ObjectInALaterList_MovesOnlyIfSwept(ResourceKind kind, ClusterChange put)
    {
        _zone.Relist(kind, put);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zone.IsRelevant(ClusterChange.RelistStarted(kind), put, ClusterChange.RelistFinished(kind)), Is.False);
            Assert.That(_zone.IsRelevant(ClusterChange.RelistStarted(kind), ClusterChange.RelistFinished(kind)), Is.True);
        }
    }

    [TestCaseSource(nameof(Updates))]
    public void Serial_UpdateOfServedData_Moves(ClusterChange before, ClusterChange after)
    {
        _zone.Apply(before);

        Assert.That(_zone.IsRelevant(after), Is.True);
    }

    [Test]
    public void Serial_UpdateOfHiddenEndpoints_StaysAsItWas()
    {
        _zone.Apply(Slice("shop/x", "web", Group("10.0.0.1")), Endpoints("shop/web", Group("10.0.0.2")));

        Assert.That(_zone.IsRelevant(Endpoints("shop/web", Group("10.0.0.3"))), Is.False);
    }

    private static IEnumerable<TestCaseData> Objects()
    {
        yield return Case(ResourceKind.Service, Service("shop/web", "10.96.0.1"), "service");
        yield return Case(ResourceKind.EndpointSlice, Slice("shop/x", "web", Group("10.0.0.1")), "slice");
        yield return Case(ResourceKind.EndpointSlice, Slice("shop/x", "web"), "empty slice");
        yield return Case(ResourceKind.EndpointSlice, Slice("shop/x", ""), "slice without service");
        yield return Case(ResourceKind.Endpoints, Endpoints("shop/web", Group("10.0.0.1")), "endpoints");
        yield return Case(ResourceKind.Pod, Pod("shop/web-0", "10.0.0.1"), "pod");

        static TestCaseData Case(ResourceKind kind, ClusterChange put, string name) => new TestCaseData(kind, put).SetArgDisplayNames(name);
    }

    private static IEnumerable<TestCaseData> Updates()
    {
        var service = Service("shop/web", "10.96.0.1");
        var slice = Slice("shop/x", "web", Group("10.0.0.1"));
        yield return Case(service, Service("shop/web", "10.96.0.1", "https/tcp/443"), "ports");
        yield return Case(service, Service("shop/web", "10.96.0.2"), "cluster address");
        yield return Case(service, Service("shop/web", ""), "kind");
        yield return Case(ExternalName("shop/db", "a.example"), ExternalName("shop/db", "b.example"), "external name");
        yield return Case(slice, Slice("shop/x", "web", Group("10.0.0.2")), "address");
        yield return Case(slice, Slice("shop/x", "web", Group("")), "no longer ready");
        yield return Case(slice, Slice("shop/x", "web", Group("10.0.0.1=a")), "hostname");
        yield return Case(slice, Slice("shop/x", "web", Group("10.0.0.1", "grpc/tcp/8080")), "port of a slice");
        yield return Case(slice, Slice("shop/x", "api", Group("10.0.0.1")), "service of a slice");
        yield return Case(slice, Slice("shop/x", "web", Group("10.0.0.1"), Group("fd00::1")), "another group");
        yield return Case(Pod("shop/web-0", "10.0.0.1"), Pod("shop/web-0", "10.0.0.2"), "pod address");

        static TestCaseData Case(ClusterChange before, ClusterChange after, string name) =>
            new TestCaseData(before, after).SetArgDisplayNames(name);
    }
}
