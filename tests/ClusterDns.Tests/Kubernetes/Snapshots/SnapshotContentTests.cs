using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Tests.Kubernetes.Zone;
using CsCheck;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

/// <summary>What goes in comes out, and gives way to the cluster itself without a gap.</summary>
internal sealed class SnapshotContentTests
{
    private const long Iterations = 400;

    [Test]
    public void SmallCluster_ThereAndBack_IsTheSame()
    {
        using var folder = new SnapshotFolder();
        folder.WriteSmallCluster();
        var zone = folder.Read()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ZoneText.Of(zone.Zone, SmallCluster.Addresses),
                Is.EqualTo(ZoneText.Of(SmallCluster.Zone().Zone, SmallCluster.Addresses)));
            Assert.That(ZoneText.Ascii(PodNameOf(zone, "10.0.0.2", "later")), Is.EqualTo("later-7d9f"));
            Assert.That(zone.Logger.Lines, Is.Empty, "nothing of it is refused");
        }
    }

    [Test]
    public void AnyCluster_ThereAndBack_IsTheSame() =>
        RandomCluster.Changes.Sample(
            changes =>
            {
                using var folder = new SnapshotFolder();
                var zone = new ZoneUnderTest().Apply(changes);

                Assert.That(folder.Write(zone.Zone), Is.True);

                Assert.That(Text(folder.Read()!), Is.EqualTo(Text(zone)));
            },
            iter: Iterations,
            threads: 1);

    [Test]
    public void AnyClusterOverAnySnapshot_Listed_IsTheClusterAndNothingInBothWasEverMissing() =>
        Gen.Select(RandomCluster.Changes, RandomCluster.Changes, Gen.Int).Sample(
            (before, now, seed) =>
            {
                using var folder = new SnapshotFolder();
                folder.Write(new ZoneUnderTest().Apply(before).Zone);
                var truth = new ClusterModel();
                Array.ForEach(now, truth.Apply);
                var listed = new ZoneUnderTest().Apply(truth.Objects);
                var zone = folder.Read(awaited: Enum.GetValues<ResourceKind>())!;
                var kept = Names(zone).Intersect(Names(listed)).ToArray();
                var kinds = Enum.GetValues<ResourceKind>();
                new Random(seed).Shuffle(kinds);
                foreach (var change in kinds.SelectMany(kind => ListOf(kind, truth)))
                {
                    Assert.That(zone.Zone.IsSynced, Is.False);
                    zone.Apply(change);
                    Assert.That(Names(zone), Is.SupersetOf(kept), $"{change}");
                }

                Assert.That(Text(zone), Is.EqualTo(Text(listed)));
                Assert.That(zone.Zone.IsStale, Is.False);
            },
            iter: Iterations,
            threads: 1);

    /// <summary>Of a chain of Services, slices and pods there are one or two at every moment, and never none.</summary>
    [Test]
    public async Task Captures_WhileTheClusterChanges_AreMomentsOfIt()
    {
        using var folder = new SnapshotFolder();
        var zone = new ZoneUnderTest();
        var shared = new SharedZoneWriter(zone.Writer, TimeProvider.System, zone.Logger);
        var isOver = false;
        var churn = Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; !Volatile.Read(ref isOver); i++)
                {
                    shared.Apply(Service($"shop/s{i}", "10.96.0.1"));
                    shared.Apply(Slice($"shop/s{i}-x", $"s{i}", Group("10.0.0.1")));
                    shared.Apply(Pod($"shop/p{i}", "10.0.0.1"));
                    shared.Apply(Remove(ResourceKind.Service, $"shop/s{i - 1}"));
                    shared.Apply(Remove(ResourceKind.EndpointSlice, $"shop/s{i - 1}-x"));
                    shared.Apply(Remove(ResourceKind.Pod, $"shop/p{i - 1}"));
                }
            },
            TaskCreationOptions.LongRunning);
        while (zone.Zone.PodCount == 0)
        {
            await Task.Yield();
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.That(folder.Store().TryWrite(shared.Capture(out _)), Is.True);
            var read = folder.Read()!.Zone;
            Assert.That(
                (read.ServiceCount is 1 or 2, read.Tables.Endpoints.Items().Count() is 1 or 2, read.PodCount is 1 or 2),
                Is.EqualTo((true, true, true)),
                $"{read.ServiceCount} services, {read.Tables.Endpoints.Items().Count()} slices, {read.PodCount} pods");
        }

        Volatile.Write(ref isOver, true);
        await churn;
        Assert.That(zone.Logger.Lines, Is.Empty);
    }

    [Test]
    public void ListOfTheSame_OverASnapshot_PublishesNothing()
    {
        using var folder = new SnapshotFolder();
        folder.WriteSmallCluster();
        var zone = folder.Read()!;
        var services = zone.Zone.Services.ToHashSet();
        var revision = zone.Writer.Revision;
        foreach (var kind in Enum.GetValues<ResourceKind>())
        {
            zone.Relist(kind, SmallCluster.Objects.Where(change => change.Kind == kind));
        }

        Assert.That(zone.Zone.Services.All(services.Contains), Is.True, "a list costs no memory beside what a snapshot gave");
        Assert.That(zone.Writer.Revision, Is.EqualTo(revision));
    }

    [Test]
    public void ObjectsInTheMiddleOfAList_Restored_AreSweptByItsEnd()
    {
        var zone = new ZoneUnderTest(ResourceKind.Service).Apply(
            ClusterChange.RelistStarted(ResourceKind.Service), Service("shop/web", "10.96.0.1"));

        zone.Writer.Restore(Service("shop/web", "10.96.0.9"));
        zone.Writer.Restore(Service("shop/gone", "10.96.0.2"));
        Assert.That(zone.Find("shop/gone"), Is.Null, "its namespace is not there");
        Assert.That(zone.Zone.ServiceCount, Is.EqualTo(2));
        Assert.That(zone.Zone.FindServiceByClusterAddress(Address("10.96.0.9")), Is.Null, "what the list said stays");

        zone.Apply(ClusterChange.RelistFinished(ResourceKind.Service));
        Assert.That(zone.Zone.ServiceCount, Is.EqualTo(1));
    }

    [Test]
    public void KindThatWasListed_Restored_StaysAsListed()
    {
        var zone = new ZoneUnderTest(ResourceKind.Service, ResourceKind.Namespace).Relist(ResourceKind.Service);
        zone.Writer.Restore(Service("shop/gone", "10.96.0.2"));
        Assert.That(zone.Zone.ServiceCount, Is.Zero);
    }

    /// <summary>The API server has slices by now, and is never asked for Endpoints.</summary>
    [Test]
    public void KindThatIsNeverListed_Restored_GoesWhenTheZoneIsSynced()
    {
        var zone = new ZoneUnderTest(ResourceKind.EndpointSlice);
        zone.Writer.Restore(Endpoints("shop/web", Group("10.0.0.1")));
        zone.Relist(ResourceKind.EndpointSlice);
        Assert.That(zone.OwnersOf("10.0.0.1"), Is.Empty);
    }

    private static ReadOnlySpan<byte> PodNameOf(ZoneUnderTest zone, string address, string service)
    {
        foreach (var owner in zone.Zone.FindEndpointsByAddress(Address(address)))
        {
            if (ZoneText.Ascii(owner.ServiceLabel) == service)
            {
                return owner.Endpoints.PodName(owner.Index);
            }
        }

        return [];
    }

    private static IEnumerable<ClusterChange> ListOf(ResourceKind kind, ClusterModel truth) =>
        [ClusterChange.RelistStarted(kind), .. truth.Objects.Where(change => change.Kind == kind), ClusterChange.RelistFinished(kind)];

    private static string[] Names(ZoneUnderTest zone) =>
        [.. zone.Zone.Services.Select(service => $"{ZoneText.Ascii(service.Namespace.Label)}/{ZoneText.Ascii(service.Label)} {service.Namespace.Exists}")];

    private static string Text(ZoneUnderTest zone) => ZoneText.Of(zone.Zone, RandomCluster.Addresses);
}
