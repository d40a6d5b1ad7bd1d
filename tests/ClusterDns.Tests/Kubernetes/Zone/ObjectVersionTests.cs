using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>The zone knows of each object which version it has seen, and nothing else moves with it.</summary>
internal sealed class ObjectVersionTests
{
    [Test]
    public void Put_ObjectsWithVersions_AreKnownByThem()
    {
        var zone = new ZoneUnderTest().Apply(
            Namespace("prod").At(11), Service("prod/web", "10.0.0.1").At(48211), Slice("prod/web-x", "web", Group("10.1.0.1")).At(48230));

        Assert.That(VersionsOf(zone), Is.EqualTo((11, 48211, "web-x@48230")));
    }

    [Test]
    public void Put_OnlyTheVersionIsAnother_PublishesNothing()
    {
        var zone = new ZoneUnderTest().Apply(
            Namespace("prod").At(1), Service("prod/web", "10.0.0.1").At(2), Slice("prod/web-x", "web", Group("10.1.0.1")).At(3));
        var (entry, revision) = (zone.Find("prod/web"), zone.Writer.Revision);

        var isRelevant = zone.IsRelevant(
            Namespace("prod").At(4), Service("prod/web", "10.0.0.1").At(5), Slice("prod/web-x", "web", Group("10.1.0.1")).At(6));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(VersionsOf(zone), Is.EqualTo((4, 5, "web-x@6")));
            Assert.That(zone.Find("prod/web"), Is.SameAs(entry));
            Assert.That(isRelevant, Is.False);
            Assert.That(zone.Writer.Revision, Is.EqualTo(revision));
        }
    }

    [Test]
    public void Put_OnlyTheVersionIsAnother_AllocatesNoMoreThanTheSameAgain()
    {
        var zone = new ZoneUnderTest().Apply(Namespace("prod"), Service("prod/web", "10.0.0.1"));
        ClusterChange[] states = [Service("prod/web", "10.0.0.1").At(1), Service("prod/web", "10.0.0.1").At(2)];
        var asked = 0;
        var same = Allocation.Of(() => zone.Writer.Apply(states[0]));
        var other = Allocation.Of(() => zone.Writer.Apply(states[asked++ & 1]));

        Assert.That(other, Is.EqualTo(same));
    }

    [Test]
    public void Put_LaterStateWithoutVersion_ForgetsIt()
    {
        var zone = new ZoneUnderTest().Apply(Namespace("prod").At(1), Service("prod/web", "10.0.0.1").At(2), Slice("prod/web-x", "web").At(3));

        zone.Apply(Namespace("prod"), Service("prod/web", "10.0.0.1"), Slice("prod/web-x", "web"));

        Assert.That(VersionsOf(zone), Is.EqualTo((0, 0, "web-x@0")));
    }

    [Test]
    public void Remove_WhatOthersStillNeed_ForgetsItsVersion()
    {
        var zone = new ZoneUnderTest().Apply(Namespace("prod").At(1), Service("prod/web", "10.0.0.1").At(2), Slice("prod/web-x", "web").At(3));
        zone.Apply(ClusterChange.Remove(ResourceKind.Namespace, new ObjectKey("", "prod")), Remove(ResourceKind.Service, "prod/web"));

        var parent = zone.Zone.FindNamespaceEntry("prod"u8)!;

        Assert.That((parent.Exists, parent.ResourceVersion, parent.FindServiceNode("web"u8)!.ResourceVersion), Is.EqualTo((false, 0, 0)));
    }

    [Test]
    public void Remove_AndCreateAgain_HasTheNewObjectsVersion()
    {
        var zone = new ZoneUnderTest().Apply(Namespace("prod").At(1), Service("prod/web", "10.0.0.1").At(9), Slice("prod/web-x", "web").At(8));

        zone.Apply(
            Remove(ResourceKind.Service, "prod/web"),
            Remove(ResourceKind.EndpointSlice, "prod/web-x"),
            Service("prod/web", "10.0.0.1").At(7),
            Slice("prod/web-x", "web").At(6));

        Assert.That(VersionsOf(zone), Is.EqualTo((1, 7, "web-x@6")));
    }

    /// <summary>Also from a store that was put back: an older version counts as much as a newer one.</summary>
    [TestCase(20ul)]
    [TestCase(2ul)]
    public void Relist_OtherVersions_AreTaken(ulong version)
    {
        var zone = new ZoneUnderTest().Apply(Namespace("prod").At(9), Service("prod/web", "10.0.0.1").At(9), Slice("prod/web-x", "web").At(9));

        zone.Relist(ResourceKind.Namespace, Namespace("prod").At(version));
        zone.Relist(ResourceKind.Service, Service("prod/web", "10.0.0.1").At(version));
        zone.Relist(ResourceKind.EndpointSlice, Slice("prod/web-x", "web").At(version));

        Assert.That(VersionsOf(zone), Is.EqualTo((version, version, $"web-x@{version}")));
    }

    [Test]
    public void Put_SliceThatMovesToAnotherService_TakesItsVersionAlong()
    {
        var zone = new ZoneUnderTest().Apply(
            Namespace("prod"), Service("prod/web", "10.0.0.1"), Service("prod/api", "10.0.0.2"), Slice("prod/x", "api").At(3));

        zone.Apply(Slice("prod/x", "web").At(4));

        Assert.That(EndpointObjectsOf(zone, "prod/web"), Is.EqualTo("x@4"));
        Assert.That(EndpointObjectsOf(zone, "prod/api"), Is.Empty);
    }

    [Test]
    public void Remove_SliceThatIsServedAMomentLonger_IsNotNamedAtAVersionAnyMore()
    {
        var zone = new ZoneUnderTest(TimeSpan.FromSeconds(1)).Apply(
            Namespace("prod"), Service("prod/web", "10.0.0.1"), Slice("prod/web-x", "web", Group("10.1.0.1")).At(3));

        zone.Apply(Remove(ResourceKind.EndpointSlice, "prod/web-x"));

        Assert.That(zone.EndpointsOf("prod/web"), Is.EqualTo("10.1.0.1"));
        Assert.That(EndpointObjectsOf(zone, "prod/web"), Is.EqualTo("web-x@0"));
    }

    [Test]
    public void FindEndpointObjects_SlicesBesideALegacyObject_AreTheSlices()
    {
        var zone = new ZoneUnderTest().Apply(
            Namespace("prod"), Service("prod/web", "10.0.0.1"), Endpoints("prod/web").At(1), Slice("prod/web-b", "web").At(3), Slice("prod/web-a", "web").At(2));
        Assert.That(EndpointObjectsOf(zone, "prod/web"), Is.EqualTo("web-a@2 web-b@3"));

        zone.Apply(Remove(ResourceKind.EndpointSlice, "prod/web-a"), Remove(ResourceKind.EndpointSlice, "prod/web-b"));
        Assert.That(EndpointObjectsOf(zone, "prod/web"), Is.EqualTo("web@1"));
    }

    private static (ulong Namespace, ulong Service, string Endpoints) VersionsOf(ZoneUnderTest zone) =>
        (zone.Zone.FindNamespace("prod"u8)!.ResourceVersion, zone.Find("prod/web")!.ResourceVersion, EndpointObjectsOf(zone, "prod/web"));

    private static string EndpointObjectsOf(ZoneUnderTest zone, string service) => string.Join(
        ' ',
        zone.Zone.FindEndpointObjects(zone.Find(service)!).Select(item => $"{item.Name}@{item.ResourceVersion}").Order(StringComparer.Ordinal));
}
