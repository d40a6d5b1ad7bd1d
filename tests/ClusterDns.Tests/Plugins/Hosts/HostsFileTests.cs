using System.Security.Cryptography;
using System.Text;
using ClusterDns.Plugins.Hosts;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Hosts;

/// <summary>Reading the file: changes, absence, nonsense, and files made to hurt.</summary>
[TestFixture]
internal sealed class HostsFileTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Test]
    public async Task File_Changes_IsReadAtTheNextInterval()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org");
        await using var fixture = await StartAsync(disk);
        disk.Write("10.0.0.2 a.example.org");
        var before = fixture.AskFor("a.example.org A");
        fixture.Clock.Advance(Interval);

        Assert.That(() => fixture.AskFor("a.example.org A"), Does.EndWith(" 10.0.0.2").After(30_000, 5));
        Assert.That(before, Does.EndWith(" 10.0.0.1"));
    }

    [Test]
    public async Task File_ReachedByALinkThatMoves_IsReadAgain()
    {
        // How a ConfigMap changes: the file's own link stays as it is, a directory in between is another one.
        using var disk = new HostsFileOnDisk(null);
        WriteVersion(disk, "v1", "10.0.0.1 a.example.org");
        Directory.CreateSymbolicLink(Path.Combine(disk.Folder, "data"), "v1");
        File.CreateSymbolicLink(disk.Path, "data/hosts");
        await using var fixture = await StartAsync(disk);

        WriteVersion(disk, "v2", "10.0.0.22 a.example.org");
        Directory.Delete(Path.Combine(disk.Folder, "data"));
        Directory.CreateSymbolicLink(Path.Combine(disk.Folder, "data"), "v2");
        fixture.Clock.Advance(Interval);
        Assert.That(() => fixture.AskFor("a.example.org A"), Does.EndWith(" 10.0.0.22").After(30_000, 5));
    }

    [Test]
    public async Task File_NotThereYet_IsFoundLater()
    {
        using var disk = new HostsFileOnDisk(null);
        await using var fixture = await StartAsync(disk, "10.0.0.9 inline.example.org");
        var inline = fixture.AskFor("inline.example.org A");
        disk.Write("10.0.0.1 a.example.org");
        fixture.Clock.Advance(Interval);

        Assert.That(() => fixture.AskFor("a.example.org A"), Does.EndWith(" 10.0.0.1").After(30_000, 5));
        Assert.That(inline, Does.EndWith(" 10.0.0.9"));
        Assert.That(fixture.AskFor("inline.example.org A"), Is.EqualTo(inline));
    }

    [Test]
    public async Task File_Gone_GoesOnBeingAnswered()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org");
        await using var fixture = await StartAsync(disk);
        disk.Write((byte[]?)null);
        FileOf(fixture).Reload();

        Assert.That(fixture.AskFor("a.example.org A"), Does.EndWith(" 10.0.0.1"));
    }

    [Test]
    public async Task File_Broken_KeepsWhatCanBeRead()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org");
        await using var fixture = await StartAsync(disk);
        disk.Write("10.0.0.2 a.example.org\nhttp://x\n10.0.0.300 b.example.org\n10.0.0.3 .. c.example.org\n10.0.0.4\n");
        FileOf(fixture).Reload();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.AskFor("a.example.org A"), Does.EndWith(" 10.0.0.2"));
            Assert.That(fixture.AskFor("c.example.org A"), Does.EndWith(" 10.0.0.3"));
            Assert.That(
                Warnings(fixture),
                Is.EqualTo([$"[Warning] plugin/hosts: 3 lines of {disk.Path} are wrong and passed over, the first is line 2: 'http://x' is not an IP address"]));
        }
    }

    [Test]
    public async Task File_Unchanged_IsNotReadAgain()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org\nx");
        await using var fixture = await StartAsync(disk);
        FileOf(fixture).Reload();
        Assert.That(Warnings(fixture), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Reload_OfZero_NeverLooksAgain()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org");
        await using var fixture = await StartAsync(disk, "reload 0s");
        Assert.That(fixture.Clock.PendingTimers, Is.Zero);
    }

    [Test]
    public async Task InlineLine_ThatMakesNoSense_IsAWarningOnce()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org");
        await using var fixture = await StartAsync(disk, "falthrough");
        disk.Write("10.0.0.2 a.example.org");
        FileOf(fixture).Reload();
        Assert.That(
            Warnings(fixture),
            Is.EqualTo(["[Warning] plugin/hosts: Line 'falthrough' is passed over: 'falthrough' is not an IP address"]));
    }

    [Test]
    public async Task Directory_InPlaceOfTheFile_IsToldOnce()
    {
        using var disk = new HostsFileOnDisk(null);
        Directory.CreateDirectory(disk.Path);
        await using var fixture = await StartAsync(disk);
        FileOf(fixture).Reload();
        Assert.That(Warnings(fixture).Count(line => line.Contains("cannot be read", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task File_OfRandomOctets_IsPassedOver()
    {
        using var disk = new HostsFileOnDisk(null);
        byte[] octets = [.. RandomNumberGenerator.GetBytes(1_000_000), (byte)'\n', .. "10.0.0.1 a.example.org"u8];
        disk.Write(octets);
        await using var fixture = await StartAsync(disk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.AskFor("a.example.org A"), Does.EndWith(" 10.0.0.1"));
            Assert.That(Warnings(fixture), Has.Length.EqualTo(1));
            Assert.That(Warnings(fixture)[0], Has.All.InRange(' ', '~'));
        }
    }

    [Test]
    public async Task Line_OverTheBound_IsPassedOverAlone()
    {
        using var disk = new HostsFileOnDisk($"10.0.0.1 {new string('x', 10 * HostsLines.MaxLineLength)} a.example.org\n10.0.0.2 b.example.org\n");
        await using var fixture = await StartAsync(disk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.AskFor("a.example.org A"), Is.EqualTo("failed SERVFAIL"));
            Assert.That(fixture.AskFor("b.example.org A"), Does.EndWith(" 10.0.0.2"));
            Assert.That(Warnings(fixture).Single(), Does.EndWith("the first is line 1: has more than 65536 octets"));
        }
    }

    [Test]
    public async Task File_WithMoreEntriesThanTheBound_IsReadInPart()
    {
        var lines = new StringBuilder();
        for (var i = 0; i <= HostsTableBuilder.MaxPairs; i++)
        {
            lines.Append("0.0.0.0 n").Append(i).Append(".example.org\n");
        }

        using var disk = new HostsFileOnDisk(lines.ToString());
        await using var fixture = await StartAsync(disk);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.AskFor($"n{HostsTableBuilder.MaxPairs - 1}.example.org A"), Does.EndWith(" 0.0.0.0"));
            Assert.That(fixture.AskFor($"n{HostsTableBuilder.MaxPairs}.example.org A"), Is.EqualTo("failed SERVFAIL"));
            Assert.That(Warnings(fixture).Single(), Does.Contain("is read in part: at most 250000 entries"));
        }
    }

    [Test]
    public void File_LongerThanTheBound_IsReadInPart()
    {
        var lines = new HostsLines(new HostsTableBuilder(new([]), hasReverse: true));
        lines.Read(new EndlessStream());
        Assert.That(lines.IsCut, Is.True);
    }

    [Test]
    public async Task Name_WithMoreAddressesThanTheBound_KeepsTheFirst()
    {
        var lines = Enumerable.Range(0, HostsTableBuilder.MaxAddresses + 1000).Select(i => $"10.{i / 65536}.{i / 256 % 256}.{i % 256} a.example.org");
        using var disk = new HostsFileOnDisk(string.Join('\n', lines));
        await using var fixture = await StartAsync(disk, "no_reverse");
        Assert.That(FileOf(fixture).Current.EntryCount, Is.EqualTo(HostsTableBuilder.MaxAddresses));
    }

    [Test]
    public async Task Metrics_AfterEachReading_TellEntriesAndTime()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org b.example.org\n");
        await using var fixture = await StartAsync(disk, "10.0.0.9 inline.example.org");
        var first = await fixture.ScrapeAsync();
        disk.Write("10.0.0.1 a.example.org");
        FileOf(fixture).Reload();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                first,
                Is.EquivalentTo([$"coredns_hosts_entries{{hostsfile=\"{disk.Path}\"}} 6", "coredns_hosts_reload_timestamp_seconds 1767225601"]));
            Assert.That(
                await fixture.ScrapeAsync(),
                Is.EquivalentTo([$"coredns_hosts_entries{{hostsfile=\"{disk.Path}\"}} 4", "coredns_hosts_reload_timestamp_seconds 1767225602"]));
        }
    }

    [Test]
    public async Task StopAsync_WhileWaiting_EndsTheTimer()
    {
        using var disk = new HostsFileOnDisk("10.0.0.1 a.example.org");
        await using var fixture = await StartAsync(disk);
        var before = fixture.Clock.PendingTimers;
        await fixture.StopAsync();
        Assert.That((before, fixture.Clock.PendingTimers), Is.EqualTo((1, 0)));
    }

    private static string[] Warnings(PluginFixture fixture) =>
        [.. fixture.Log.Lines.Where(line => line.StartsWith("[Warning]", StringComparison.Ordinal)
            && !line.Contains("does not exist", StringComparison.Ordinal)
            && !line.Contains("is a directory", StringComparison.Ordinal))];

    private static void WriteVersion(HostsFileOnDisk disk, string version, string text)
    {
        Directory.CreateDirectory(Path.Combine(disk.Folder, version));
        File.WriteAllText(Path.Combine(disk.Folder, version, "hosts"), text);
    }

    // The plugin's own, so that a reading can be waited for.
    private static HostsFile FileOf(PluginFixture fixture) => ((HostsPlugin)fixture.Block.Plugins[0]).File;

    private static async Task<PluginFixture> StartAsync(HostsFileOnDisk disk, string lines = "")
    {
        var fixture = new PluginFixture(HostsDirective.Descriptor, $"hosts {disk.Path} {{\n {lines}\n }}");
        await fixture.StartAsync();
        return fixture;
    }
}
