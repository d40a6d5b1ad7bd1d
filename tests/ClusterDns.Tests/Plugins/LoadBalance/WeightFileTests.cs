using ClusterDns.Plugins.LoadBalance;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.LoadBalance;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WeightFileTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ManualClock _clock = new();
    private readonly LogCapture _log = new();

    [TearDown]
    public void Close() => _log.Dispose();

    [Test]
    public async Task File_Changes_IsReadAtTheNextInterval()
    {
        using var disk = new WeightFileOnDisk("a\n10.0.0.1 2");
        var file = Open(disk);
        await file.StartAsync();
        var before = WeightIn(file);
        disk.Write("a\n10.0.0.1 7");
        _clock.Advance(Interval);

        Assert.That(() => WeightIn(file), Is.EqualTo(7).After(30_000, 5));
        await file.StopAsync();
        Assert.That(before, Is.EqualTo(2));
    }

    [Test]
    public async Task File_NotThereYet_IsAWarningAndFoundLater()
    {
        using var disk = new WeightFileOnDisk(null);
        var file = Open(disk);
        await file.StartAsync();
        disk.Write("a\n10.0.0.1 7");
        _clock.Advance(Interval);

        Assert.That(() => WeightIn(file), Is.EqualTo(7).After(30_000, 5));
        await file.StopAsync();
        Assert.That(
            _log.Lines[0],
            Is.EqualTo($"[Warning] plugin/loadbalance: Failed to open weight file {disk.Path}. Will try again in 30s"));
    }

    [Test]
    public void Read_NonsenseOrNothing_FormerTableStays()
    {
        using var disk = new WeightFileOnDisk("a\n10.0.0.1 2");
        var file = Open(disk);
        disk.Write("a\n10.0.0.1 zwei");
        var nonsense = file.Read();
        disk.Write(null);
        var nothing = file.Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nonsense, Does.StartWith("wrong weight value"));
            Assert.That(nothing, Does.Contain("cannot be read"));
            Assert.That(WeightIn(file), Is.EqualTo(2));
        }
    }

    [Test]
    public void Read_Unchanged_IsNotLoadedAgain()
    {
        using var disk = new WeightFileOnDisk("a\n10.0.0.1 2");
        var file = Open(disk);
        file.Read();

        Assert.That(_log.Lines, Is.EqualTo([$"[Information] plugin/loadbalance: Successfully reloaded weight file {disk.Path}"]));
    }

    private WeightFile Open(WeightFileOnDisk disk)
    {
        var file = new WeightFile(disk.Path, Interval, _log.CreateLogger("plugin/loadbalance"), _clock);
        Assert.That(file.Open(), Is.Null);
        return file;
    }

    private static int WeightIn(WeightFile file) =>
        WeightTable.WeightOf(file.Current.OfName(DnsName.Parse("a").Wire), new NetworkAddress(0x0A000001, IsIPv4: true));
}
