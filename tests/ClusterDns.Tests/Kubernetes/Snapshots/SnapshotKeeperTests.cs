using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Snapshots;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

/// <summary>When a cluster writes its snapshot, and when it serves it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SnapshotKeeperTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = new SnapshotLimits().WriteInterval;

    private readonly SnapshotFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ScriptedSource _source = new(ResourceKind.Namespace, ResourceKind.Service);

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Cluster_Synced_IsWrittenAtOnceAndNotAgainUnchanged()
    {
        _source.Script = [.. Listed(Namespace("shop"), Service("shop/web", "10.96.0.1"))];
        var cluster = Start(TimeSpan.FromSeconds(1));
        await UntilAsync(() => _folder.Told.WrittenCount == 1);
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(Interval);
        }

        await cluster.StopAsync();

        Assert.That(_folder.Told.WrittenCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Cluster_ChangedBeforeItStops_IsWrittenOnceMore()
    {
        var told = new TaskCompletionSource();
        var source = new SteppedSource([.. Listed(Namespace("shop"))], told.Task, Service("shop/web", "10.96.0.1"));
        var cluster = Start(TimeSpan.FromSeconds(1), source);
        await UntilAsync(() => _folder.Told.WrittenCount == 1);
        told.SetResult();
        await UntilAsync(() => cluster.Zone.ServiceCount == 1);

        await cluster.StopAsync();

        Assert.That(_folder.Told.WrittenCount, Is.EqualTo(2));
        Assert.That(_folder.Read()!.Zone.ServiceCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Cluster_ChangedWhileItRuns_IsWrittenAfterTheInterval()
    {
        var told = new TaskCompletionSource();
        var source = new SteppedSource([.. Listed(Namespace("shop"))], told.Task, Namespace("other"));
        var cluster = Start(TimeSpan.FromSeconds(1), source);
        await UntilAsync(() => _folder.Told.WrittenCount == 1);
        told.SetResult();
        await UntilAsync(() => cluster.Zone.NamespaceCount == 2);
        _clock.Advance(Interval);

        await UntilAsync(() => _folder.Told.WrittenCount == 2);

        await cluster.StopAsync();
    }

    [Test]
    public async Task Cluster_UnchangedForLong_IsWrittenBeforeTheSnapshotIsTooOld()
    {
        _source.Script = [.. Listed(Namespace("shop"))];
        var cluster = Start(TimeSpan.FromSeconds(1));
        await UntilAsync(() => _folder.Told.WrittenCount == 1);
        _clock.Advance(SnapshotFolder.MaxAge / 2);

        await UntilAsync(() => _folder.Told.WrittenCount == 2);

        await cluster.StopAsync();
    }

    [Test]
    public async Task Cluster_NeverSynced_LeavesTheSnapshotAlone()
    {
        _folder.WriteSmallCluster();
        _source.Script = [ClusterChange.RelistStarted(ResourceKind.Namespace), Namespace("half")];
        var cluster = Start(TimeSpan.Zero);
        Assert.That(await cluster.WaitForSyncAsync(Deadline), Is.True);

        await cluster.StopAsync();

        Assert.That(_folder.Told.WrittenCount, Is.EqualTo(1), "the one at the beginning");
    }

    [Test]
    public async Task Cluster_WithoutAnswerAfterTheGrace_ServesTheSnapshot()
    {
        _folder.WriteSmallCluster();
        var cluster = Start(TimeSpan.FromSeconds(1));
        var waiting = cluster.WaitForSyncAsync(TimeSpan.FromMinutes(1));
        await _source.Runs(1).WaitAsync(Deadline);
        Assert.That(waiting.IsCompleted, Is.False);
        await UntilAsync(() => _clock.PendingTimers == 2);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await waiting.WaitAsync(Deadline), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Zone.IsStale && cluster.Zone.IsServing && !cluster.Zone.IsSynced, Is.True);
            Assert.That(_folder.Told.InUse, Is.EqualTo(_folder.Time.GetUtcNow()));
            Assert.That(_folder.Logger.Lines, Has.One.StartsWith(
                "Warning: The API server has not told of the cluster yet: 4 services in 2 namespaces are served from the snapshot"));
        }

        await cluster.StopAsync();
        Assert.That(_folder.Told.InUse, Is.Null);
    }

    [Test]
    public async Task Cluster_AnsweredInTime_NeverLooksAtTheSnapshot()
    {
        File.WriteAllText(_folder.Path, "nonsense");
        _source.Script = [.. Listed(Namespace("shop"))];
        var cluster = Start(TimeSpan.FromSeconds(1));
        await UntilAsync(() => _folder.Told.WrittenCount == 1);

        Assert.That(cluster.Zone.IsStale, Is.False);
        Assert.That(_folder.Logger.Lines, Is.Empty);
        await cluster.StopAsync();
    }

    [Test]
    public async Task Cluster_WithABadSnapshot_WaitsAsBefore()
    {
        File.WriteAllText(_folder.Path, "nonsense");
        var cluster = Start(TimeSpan.Zero);
        await UntilAsync(() => _folder.Told.ReadFailures == 1);

        Assert.That(cluster.Zone.IsServing || cluster.Zone.IsStale, Is.False);
        await cluster.StopAsync();
        Assert.That(File.ReadAllText(_folder.Path), Is.EqualTo("nonsense"));
    }

    [Test]
    public async Task Cluster_AnsweredAtLast_IsServedInsteadAndToldOf()
    {
        _folder.WriteSmallCluster();
        var told = new TaskCompletionSource();
        var source = new SteppedSource([], told.Task, [.. Listed(Namespace("shop"), Service("shop/web", "10.96.0.7"))]);
        var cluster = Start(TimeSpan.Zero, source);
        Assert.That(await cluster.WaitForSyncAsync(Deadline), Is.True);
        told.SetResult();
        await UntilAsync(() => _folder.Told.WrittenCount == 2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Zone.IsStale, Is.False);
            Assert.That(cluster.Zone.ServiceCount, Is.EqualTo(1));
            Assert.That(_folder.Told.InUse, Is.Null);
            Assert.That(_folder.Logger.Lines.Last(), Does.EndWith("is not served any more"));
        }

        await cluster.StopAsync();
    }

    private static IEnumerable<ClusterChange> Listed(params ClusterChange[] objects) =>
        new[] { ResourceKind.Namespace, ResourceKind.Service }.SelectMany(kind => (ClusterChange[])
            [ClusterChange.RelistStarted(kind), .. objects.Where(change => change.Kind == kind), ClusterChange.RelistFinished(kind)]);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            await Task.Delay(2, deadline.Token);
        }
    }

    private Cluster Start(TimeSpan grace, IClusterSource? source = null)
    {
        var options = new SnapshotOptions(_folder.Path, SnapshotFolder.MaxAge, grace);
        var cluster = new Cluster(
            source ?? _source,
            _clock,
            _folder.Logger,
            onProgrammed: null,
            writer => new SnapshotKeeper(options, _folder.Store(), writer, new SnapshotLimits(), _clock, _folder.Logger, _folder.Told));
        cluster.Start();
        return cluster;
    }
}
