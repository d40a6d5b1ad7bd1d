using ClusterDns.Plugins.ZoneFiles;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>A zone file that changes, comes, goes, and is wrong for a while.</summary>
[TestFixture]
internal sealed class FileReloadTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    [Test]
    public async Task File_WithANewSerial_IsReadAtTheNextInterval()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        await using var fixture = await StartAsync(disk);
        disk.Write(ZoneFileOnDisk.Zone(2, "www 60 A 192.0.2.2"));
        var before = ZoneAnswers.Ask(fixture, "www A")[1];
        fixture.Clock.Advance(Interval);

        Assert.That(() => ZoneAnswers.Ask(fixture, "www A")[1], Does.EndWith(" 192.0.2.2").After(30_000, 5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Does.EndWith(" 192.0.2.1"));
            Assert.That(
                () => fixture.Log.Lines,
                Is.EqualTo([$"[Information] plugin/file: Successfully reloaded zone \"example.org.\" in \"{disk.Path}\" with 2 SOA serial"]).After(30_000, 5));
        }
    }

    [Test]
    public async Task File_WithTheOldSerial_IsNotReadAgain()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        await using var fixture = await StartAsync(disk);
        disk.Write(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.2", "mistake"));
        FileOf(fixture).Reload();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Does.EndWith(" 192.0.2.1"));
            Assert.That(fixture.Log.Lines, Is.Empty);
        }
    }

    [Test]
    public async Task File_WithASmallerSerial_IsReadAsWell()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(7, "www 60 A 192.0.2.1"));
        await using var fixture = await StartAsync(disk);
        disk.Write(ZoneFileOnDisk.Zone(0, "www 60 A 192.0.2.2"));
        FileOf(fixture).Reload();
        Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Does.EndWith(" 192.0.2.2"));
    }

    [Test]
    public async Task ByTime_FileWithTheOldSerial_IsReadAgain()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        await using var fixture = await StartAsync(disk, "reload_by_mtime");
        FileOf(fixture).Reload();
        var unchanged = fixture.Log.Lines.Count;
        disk.Write(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.2"));
        FileOf(fixture).Reload();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(unchanged, Is.Zero);
            Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Does.EndWith(" 192.0.2.2"));
        }
    }

    [Test]
    public async Task File_ReachedByALinkThatMoves_IsReadAgain()
    {
        // How a ConfigMap changes: the file's own link stays as it is, a directory in between is another one.
        using var disk = new ZoneFileOnDisk(null);
        WriteVersion(disk, "v1", ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        Directory.CreateSymbolicLink(Path.Combine(disk.Folder, "data"), "v1");
        File.CreateSymbolicLink(disk.Path, "data/zone");
        await using var fixture = await StartAsync(disk, "reload_by_mtime");

        WriteVersion(disk, "v2", ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.22"));
        Directory.Delete(Path.Combine(disk.Folder, "data"));
        Directory.CreateSymbolicLink(Path.Combine(disk.Folder, "data"), "v2");
        FileOf(fixture).Reload();
        Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Does.EndWith(" 192.0.2.22"));
    }

    [Test]
    public async Task File_NotThereYet_IsFoundLater()
    {
        using var disk = new ZoneFileOnDisk(null);
        await using var fixture = await StartAsync(disk);
        var before = ZoneAnswers.Ask(fixture, "www A");
        disk.Write(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        fixture.Clock.Advance(Interval);
        Assert.That(() => ZoneAnswers.Ask(fixture, "www A")[^1], Does.EndWith(" 192.0.2.1").After(30_000, 5));
        Assert.That(before, Is.EqualTo(["failed SERVFAIL"]));
    }

    [Test]
    public async Task File_Gone_GoesOnBeingAnsweredAndIsToldOnce()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        await using var fixture = await StartAsync(disk);
        disk.Write(null);
        FileOf(fixture).Reload();
        FileOf(fixture).Reload();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Does.EndWith(" 192.0.2.1"));
            Assert.That(
                fixture.Log.Lines,
                Is.EqualTo([$"[Error] plugin/file: Failed to open zone \"example.org.\" in \"{disk.Path}\": open {disk.Path}: no such file or directory"]));
        }
    }

    [Test]
    public async Task File_Wrong_ChangesNothingAndIsToldOnce()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        await using var fixture = await StartAsync(disk);
        disk.Write(ZoneFileOnDisk.Zone(2, "www 60 A 192.0.2.2", "mistake"));
        FileOf(fixture).Reload();
        FileOf(fixture).Reload();
        var wrong = ZoneAnswers.Ask(fixture, "www A")[1];
        disk.Write(ZoneFileOnDisk.Zone(3, "www 60 A 192.0.2.3"));
        FileOf(fixture).Reload();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Does.EndWith(" 192.0.2.1"));
            Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Does.EndWith(" 192.0.2.3"));
            Assert.That(fixture.Log.Lines[0], Is.EqualTo($"[Error] plugin/file: Parsing zone \"example.org.\": {disk.Path}:3: the record has no type"));
            Assert.That(fixture.Log.Lines, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task Reload_OfZero_NeverLooksAgain()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1));
        await using var fixture = await StartAsync(disk, "reload 0s");
        Assert.That(fixture.Clock.PendingTimers, Is.Zero);
    }

    [Test]
    public async Task StopAsync_WhileWaiting_EndsTheTimer()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1));
        await using var fixture = await StartAsync(disk);
        var before = fixture.Clock.PendingTimers;
        await fixture.StopAsync();
        Assert.That((before, fixture.Clock.PendingTimers), Is.EqualTo((1, 0)));
    }

    private static void WriteVersion(ZoneFileOnDisk disk, string version, string text)
    {
        Directory.CreateDirectory(Path.Combine(disk.Folder, version));
        File.WriteAllText(Path.Combine(disk.Folder, version, "zone"), text);
    }

    // The plugin's own, so that a reading can be waited for.
    private static ZoneFile FileOf(PluginFixture fixture) => ((FilePlugin)fixture.Block.Plugins[0]).Files[0];

    private static async Task<PluginFixture> StartAsync(ZoneFileOnDisk disk, string line = "")
    {
        var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path} {{\n {line}\n }}");
        await fixture.StartAsync();
        return fixture;
    }
}
