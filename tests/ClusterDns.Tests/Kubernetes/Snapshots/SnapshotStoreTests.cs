using System.Diagnostics;
using ClusterDns.Kubernetes.Snapshots;
using ClusterDns.Tests.Kubernetes.Zone;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

/// <summary>The file system does what it likes; a server starts and goes on.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SnapshotStoreTests : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Snapshot_Written_IsAllThatIsThereAndOursAlone()
    {
        _folder.WriteSmallCluster();
        _folder.WriteSmallCluster();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_folder.Files, Is.EqualTo(new[] { "names" }));
            Assert.That(new FileInfo(_folder.Path).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(_folder.Told.WrittenCount, Is.EqualTo(2));
            Assert.That(_folder.Logger.Lines, Is.Empty);
        }
    }

    [Test]
    public void Write_ThatBreaksOffAnywhere_LeavesTheFormerSnapshot()
    {
        var former = _folder.WriteSmallCluster();
        var zone = new ZoneUnderTest().Apply(Namespace("other")).Zone;
        for (var room = 0; room < 90; room++)
        {
            _folder.Through = file => new FullDisk(file, room);
            Assert.That(_folder.Write(zone), Is.False);
            Assert.That(File.ReadAllBytes(_folder.Path), Is.EqualTo(former));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_folder.Files, Is.EqualTo(new[] { "names" }), "drafts are cleaned up");
            Assert.That(_folder.Told.WriteFailures, Is.EqualTo(90));
        }
    }

    [Test]
    public void Write_ThatIsKilled_LeavesADraftThatGoesLater()
    {
        var whole = _folder.WriteSmallCluster();
        var draft = $"{_folder.Path}.0badcafe.draft";
        File.WriteAllBytes(draft, whole[..50]);
        File.SetLastWriteTimeUtc(draft, _folder.Time.GetUtcNow().UtcDateTime);

        Assert.That(_folder.Read(), Is.Not.Null);
        _folder.WriteSmallCluster();
        Assert.That(_folder.Files, Has.Exactly(2).Items, "it may be another server's, at work");

        _folder.Time.Advance(TimeSpan.FromMinutes(11));
        _folder.WriteSmallCluster();
        Assert.That(_folder.Files, Is.EqualTo(new[] { "names" }));
    }

    [Test]
    public void Writes_ThatFailAgainAndAgain_AreToldOnceInAWhile()
    {
        var store = _folder.Store(Path.Combine(_folder.Folder, "missing", "names"));
        var capture = new ZoneCapture(SmallCluster.Zone().Zone);
        for (var i = 0; i < 7; i++)
        {
            Assert.That(store.TryWrite(capture), Is.False);
            _folder.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(_folder.Logger.Lines, Has.Length.EqualTo(2).And.All.StartWith("Warning: The snapshot "));
        Assert.That(_folder.Logger.Lines[1], Does.EndWith("(4 more since the last such line)"));
        Assert.That(_folder.Told.WriteFailures, Is.EqualTo(7));
    }

    [Test]
    public void Path_OfADirectory_CanNeitherBeReadNorWritten()
    {
        Directory.CreateDirectory(_folder.Path);
        Assert.That(_folder.Write(SmallCluster.Zone().Zone), Is.False);
        Assert.That(_folder.Read(), Is.Null);
        Assert.That(_folder.Logger.Lines, Has.Length.EqualTo(2));
    }

    [Test]
    public void Snapshot_ThatIsNotThere_IsNoFault()
    {
        Assert.That(_folder.Read(), Is.Null);
        Assert.That(_folder.Logger.Lines, Is.EqualTo(new[] { $"Information: There is no snapshot {_folder.Path} yet" }));
        Assert.That(_folder.Told.ReadFailures, Is.Zero);
    }

    [Test, CancelAfter(10_000)]
    public void Pipe_Read_IsRefusedAtOnce()
    {
        using var mkfifo = Process.Start("mkfifo", _folder.Path);
        mkfifo.WaitForExit();
        AssertRefused("it is empty or no regular file");
    }

    [Test, CancelAfter(10_000)]
    public void LinkToAPipe_Read_IsRefusedAtOnce()
    {
        using var mkfifo = Process.Start("mkfifo", Path.Combine(_folder.Folder, "pipe"));
        mkfifo.WaitForExit();
        File.CreateSymbolicLink(_folder.Path, "pipe");
        AssertRefused("it is empty or no regular file");
    }

    [TestCase("/dev/zero")]
    [TestCase("/dev/null")]
    public void Device_Read_IsRefused(string device)
    {
        File.CreateSymbolicLink(_folder.Path, device);
        AssertRefused("it is empty or no regular file");
    }

    [Test]
    public void LinksInACircle_Read_AreRefused()
    {
        File.CreateSymbolicLink(_folder.Path, "other");
        File.CreateSymbolicLink(Path.Combine(_folder.Folder, "other"), "names");
        AssertRefused("");
    }

    [Test]
    public void Link_ToASnapshot_IsRead()
    {
        _folder.WriteSmallCluster();
        File.Move(_folder.Path, Path.Combine(_folder.Folder, "real"));
        File.CreateSymbolicLink(_folder.Path, "real");
        Assert.That(_folder.Read()?.Zone.ServiceCount, Is.EqualTo(4));
    }

    [Test]
    public void PathThatNoFileCanHave_ReadAndWritten_IsTold()
    {
        var store = _folder.Store("a\0b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.TryRead(_ => { }), Is.False);
            Assert.That(store.TryWrite(new ZoneCapture(SmallCluster.Zone().Zone)), Is.False);
        }
    }

    /// <summary>The figures stand in the test's output.</summary>
    [Test]
    public void LargeCluster_Written_IsFewMegabytesAndHoldsTheWriterUpForMilliseconds()
    {
        const int services = 10_000;
        var zone = new ZoneUnderTest();
        foreach (var i in Enumerable.Range(0, services))
        {
            var name = $"space-{i % 100}/service-{i}";
            var endpoints = string.Join(' ', Enumerable.Range(0, 15).Select(j => $"10.{i / 250}.{i % 250}.{j}"));
            zone.Apply(Namespace($"space-{i % 100}"), Service(name, $"10.200.{i / 250}.{i % 250}"), Slice(name + "-abcde", $"service-{i}", Group(endpoints)));
        }

        var started = Stopwatch.GetTimestamp();
        var capture = new ZoneCapture(zone.Zone);
        var captured = Stopwatch.GetElapsedTime(started);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(_folder.Store().TryWrite(capture), Is.True);
        var written = Stopwatch.GetElapsedTime(started);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var size = new FileInfo(_folder.Path).Length;
        started = Stopwatch.GetTimestamp();
        var read = _folder.Read()!;
        var took = Stopwatch.GetElapsedTime(started);

        TestContext.Out.WriteLine(
            $"{zone.Zone.ServiceCount} services, {zone.Zone.EndpointCount} endpoints: {size / 1048576.0:0.00} MiB; "
            + $"capture {captured.TotalMilliseconds:0.0} ms, written in {written.TotalMilliseconds:0} ms with {allocated / 1024} KiB of garbage, "
            + $"read in {took.TotalMilliseconds:0} ms");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Zone.EndpointCount, Is.EqualTo(150_000));
            Assert.That(ZoneText.OfServices(read.Zone), Is.EqualTo(ZoneText.OfServices(zone.Zone)));
            Assert.That(captured, Is.LessThan(TimeSpan.FromMilliseconds(500)), "milliseconds, on a machine that does nothing else");
            Assert.That(size, Is.LessThan(3 << 20));
            Assert.That(allocated, Is.LessThan(1 << 20), "it is written object by object");
        }
    }

    private void AssertRefused(string reason)
    {
        Assert.That(_folder.Read(), Is.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_folder.Logger.Lines, Has.Length.EqualTo(1));
            Assert.That(_folder.Logger.Lines[0], Does.StartWith($"Warning: The snapshot {_folder.Path} is not used: ").And.EndWith(reason));
            Assert.That(_folder.Told.ReadFailures, Is.EqualTo(1));
        }
    }
}
