using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ClusterTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly RecordingLogger _logger = new();
    private readonly ScriptedSource _source = new(ResourceKind.Service);

    [Test]
    public async Task Cluster_SourceLists_IsSyncedAndServes()
    {
        _source.Script = [ClusterChange.RelistStarted(ResourceKind.Service), Service("shop/web", "10.96.0.1"), ClusterChange.RelistFinished(ResourceKind.Service)];
        var cluster = Start(TimeProvider.System);

        var isSynced = await cluster.WaitForSyncAsync(Deadline);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isSynced, Is.True);
            Assert.That(cluster.Zone.IsSynced, Is.True);
            Assert.That(cluster.Zone.FindServiceByClusterAddress(Address("10.96.0.1")), Is.Not.Null);
        }

        await cluster.StopAsync();
        Assert.That(cluster.Zone.ServiceCount, Is.EqualTo(1), "the zone outlives its source");
    }

    [Test]
    public async Task Cluster_SourceNeverLists_GivesUpWaiting()
    {
        var cluster = Start(TimeProvider.System);

        Assert.That(await cluster.WaitForSyncAsync(TimeSpan.FromMilliseconds(20)), Is.False);

        await cluster.StopAsync();
    }

    [Test]
    public async Task Cluster_OneChangeFails_GoesOnAndTellsOnce()
    {
        var broken = new ClusterChange(ClusterAction.Put, ResourceKind.Service, Key("shop/broken"), "no record");
        _source.Script =
        [
            broken,
            broken,
            new ClusterChange(ClusterAction.Put, (ResourceKind)200, Key("shop/broken")),
            Service("shop/web", "10.96.0.1"),
            ClusterChange.RelistFinished(ResourceKind.Service),
        ];
        var cluster = Start(TimeProvider.System);

        Assert.That(await cluster.WaitForSyncAsync(Deadline), Is.True);
        await cluster.StopAsync();

        Assert.That(cluster.Zone.ServiceCount, Is.EqualTo(1));
        Assert.That(_logger.Lines, Is.EqualTo(new[] { "Error: Put of Service shop/broken failed and is skipped (0 more since the last such line)" }));
    }

    [Test]
    public async Task Cluster_SourceDies_IsStartedAgainAndKeepsTheZone()
    {
        _source.Script = [Service("shop/web", "10.96.0.1")];
        _source.Failures = 2;
        _source.LastScript = [ClusterChange.RelistFinished(ResourceKind.Service)];
        var cluster = Start(new ImpatientTime(TimeSpan.FromSeconds(1)));

        await _source.Runs(3).WaitAsync(Deadline);
        await WaitUntil(() => cluster.Zone.IsSynced);
        await cluster.StopAsync();

        Assert.That(cluster.Zone.ServiceCount, Is.EqualTo(1));
        Assert.That(_logger.Lines, Has.Length.EqualTo(2).And.All.StartWith("Error: Reading the cluster ended unexpectedly"));
    }

    [Test]
    public async Task Cluster_SliceEvent_TellsHowLongItTook()
    {
        var told = new List<(ServiceKind, TimeSpan)>();
        var time = new ManualTime();
        var slice = new EndpointsRecord(Key("shop/x"), "web", [Group("10.0.0.1")], time.GetUtcNow() - TimeSpan.FromSeconds(3));
        _source.Script =
        [
            ClusterChange.RelistStarted(ResourceKind.EndpointSlice),
            Service("shop/web", ""),
            ClusterChange.Put(ResourceKind.EndpointSlice, slice),
            ClusterChange.RelistFinished(ResourceKind.EndpointSlice),
            ClusterChange.Put(ResourceKind.EndpointSlice, slice),
            ClusterChange.Put(ResourceKind.EndpointSlice, slice with { ServiceName = "unknown" }),
            ClusterChange.RelistFinished(ResourceKind.Service),
        ];
        var cluster = new Cluster(_source, time, _logger, (kind, latency) => told.Add((kind, latency)));
        cluster.Start();

        await WaitUntil(() => cluster.Zone.IsSynced);
        await cluster.StopAsync();

        Assert.That(told, Is.EqualTo(new[] { (ServiceKind.Headless, TimeSpan.FromSeconds(3)) }), "lists and unknown Services are not told");
    }

    /// <summary>No event tells that a grace is over: the clock does.</summary>
    [Test]
    public async Task Cluster_EndpointLostForGood_IsGoneWithoutAnotherEvent()
    {
        _source.Script =
        [
            Service("shop/web", ""),
            Slice("shop/a", "web", Group("10.0.0.1")),
            Slice("shop/b", "web", Group("10.0.0.2")),
            ClusterChange.RelistFinished(ResourceKind.Service),
            Slice("shop/a", "web"),
        ];
        var cluster = Start(TimeProvider.System);
        Assert.That(await cluster.WaitForSyncAsync(Deadline), Is.True);
        await WaitUntil(() => cluster.Zone.EndpointCount == 1);
        await cluster.StopAsync();
    }

    [Test]
    public async Task Cluster_NeverStarted_Stops()
    {
        await new Cluster(_source, TimeProvider.System, _logger).StopAsync();

        Assert.That(_logger.Lines, Is.Empty);
    }

    [Test]
    public async Task Cluster_SourceDoesNotStop_IsLeftBehind()
    {
        _source.IgnoresStop = true;
        var cluster = Start(new ImpatientTime(TimeSpan.FromMinutes(1)));
        await _source.Runs(1).WaitAsync(Deadline);

        await cluster.StopAsync().WaitAsync(Deadline);

        Assert.That(_logger.Lines, Has.Length.EqualTo(1).And.All.StartWith("Warning: Reading the cluster did not stop within"));
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        var end = DateTime.UtcNow + Deadline;
        while (!condition() && DateTime.UtcNow < end)
        {
            await Task.Delay(5);
        }

        Assert.That(condition(), Is.True);
    }

    private Cluster Start(TimeProvider time)
    {
        var cluster = new Cluster(_source, time, _logger);
        cluster.Start();
        return cluster;
    }
}
