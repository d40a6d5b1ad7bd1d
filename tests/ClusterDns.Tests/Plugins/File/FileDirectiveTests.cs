using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.ZoneFiles;

[TestFixture]
internal sealed class FileDirectiveTests
{
    [Test]
    public void Parse_FileAlone_HasTheDefaults()
    {
        var options = Parse("file db.example.org");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Path, Is.EqualTo("db.example.org"));
            Assert.That(options.Zones, Is.EqualTo([DnsName.Parse("example.org")]));
            Assert.That(options.Reload, Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(options.ReloadsByTime, Is.False);
            Assert.That(options.Fallthrough, Is.Null);
        }
    }

    [Test]
    public void Parse_EveryOption_IsTaken()
    {
        var options = Parse("""
            file /zones/db a.test 10.0.0.0/8 {
                reload 15s
                reload_by_mtime
                upstream 8.8.8.8
                fallthrough a.test
            }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Path, Is.EqualTo("/zones/db"));
            Assert.That(options.Zones, Is.EqualTo([DnsName.Parse("a.test"), DnsName.Parse("10.in-addr.arpa")]));
            Assert.That(options.Reload, Is.EqualTo(TimeSpan.FromSeconds(15)));
            Assert.That(options.ReloadsByTime, Is.True);
            Assert.That(options.Fallthrough, Is.EqualTo([DnsName.Parse("a.test")]));
        }
    }

    [TestCase("0s", 0)]
    [TestCase("0", 0)]
    [TestCase("1ms", 100)]
    [TestCase("1000000h", 24 * 24 * 3_600_000L)]
    public void Parse_Reload_IsKeptWithinWhatATimerTakes(string text, long milliseconds) =>
        Assert.That(Parse($"file db {{\n reload {text}\n }}").Reload, Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("file", "2 - Error during parsing: Wrong argument count or unexpected line ending after 'file'")]
    [TestCase("file db ..", "2 - Error during parsing: zone is not a valid domain name: ..")]
    [TestCase("file db {\n reload\n }", "3 - Error during parsing: reload duration value is expected")]
    [TestCase("file db {\n reload x\n }", "3 - Error during parsing: time: invalid duration \"x\"")]
    [TestCase("file db {\n reload -1s\n }", "3 - Error during parsing: invalid negative duration for reload '-1s'")]
    [TestCase("file db {\n transfer to *\n }", "3 - Error during parsing: unknown property 'transfer'")]
    [TestCase("file db {\n fallthrough ..\n }", "3 - Error during parsing: zone is not a valid domain name: ..")]
    [TestCase("file db {\n reload {\n }\n }", "3 - Error during parsing: Unexpected token '{', expecting argument")]
    [TestCase("file /nowhere/db {\n reload 0\n }", "2 - Error during parsing: open /nowhere/db: no such file or directory")]
    public void SetUp_Mistake_IsToldWithItsLine(string lines, string message) =>
        Assert.That(PluginFixture.ErrorOf(FileDirective.Descriptor, lines), Is.EqualTo($"Corefile:{message}"));

    [TestCase("@ 60 SOA ns hostmaster 1 2 3 4 5\nwww 60 A x\n", "FILE:2: 'x' is not an IPv4 address")]
    [TestCase("www 60 A 192.0.2.1\n", "file \"FILE\" has no SOA record for origin example.org.")]
    [TestCase("@ 60 SOA ns hostmaster 1 2 3 4 5\n@ 60 NSEC3PARAM 1 0 0 -\n", "FILE:2: NSEC3 zone is not supported")]
    [TestCase("$ORIGIN example.net.\n@ 60 SOA ns hostmaster 1 2 3 4 5\n", "file \"FILE\" has no SOA record for origin example.org.")]
    [TestCase("www 60 SOA ns hostmaster 1 2 3 4 5\n", "file \"FILE\" has no SOA record for origin example.org.")]
    public void SetUp_FileIsWrong_IsAMistakeOfTheLine(string text, string message)
    {
        using var disk = new ZoneFileOnDisk(text);
        Assert.That(
            PluginFixture.ErrorOf(FileDirective.Descriptor, $"\nfile {disk.Path}"),
            Is.EqualTo($"Corefile:3 - Error during parsing: {message.Replace("FILE", disk.Path, StringComparison.Ordinal)}"));
    }

    [Test]
    public async Task SetUp_FileIsMissing_IsAWarning()
    {
        await using var fixture = new PluginFixture(FileDirective.Descriptor, "file /nowhere/db {\n reload 90s\n }");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                fixture.Log.Lines,
                Is.EqualTo(["[Warning] plugin/file: Failed to open \"open /nowhere/db: no such file or directory\": trying again in 1m30s"]));
            Assert.That(ZoneAnswers.Ask(fixture, "www A"), Is.EqualTo(["failed SERVFAIL"]));
        }
    }

    [Test]
    public async Task SetUp_FileIsADirectory_IsAWarning()
    {
        await using var fixture = new PluginFixture(FileDirective.Descriptor, "file /tmp");
        Assert.That(fixture.Log.Lines.Single(), Does.StartWith("[Warning] plugin/file: Failed to open \"open /tmp: "));
    }

    [Test]
    public async Task SetUp_RecordsOfOtherZones_AreAWarning()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "", "a.test. 60 A 192.0.2.1", "org. 60 A 192.0.2.1"));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path}");
        Assert.That(
            fixture.Log.Lines,
            Is.EqualTo([$"[Warning] plugin/file: 2 records are outside of zone \"example.org.\" and left out, the first is at {disk.Path}:3"]));
    }

    [Test]
    public async Task SetUp_ZoneThatIsNone_IsAWarning()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path} .test a.test");
        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Warning] plugin/file: Corefile:2 - zone is not a valid domain name: .test"]));
    }

    [Test]
    public async Task SetUp_Root_IsWhereARelativePathBegins()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "$INCLUDE more"));
        await File.WriteAllTextAsync(Path.Combine(disk.Folder, "more"), "www 60 A 192.0.2.1");
        await using var fixture = new PluginFixture(
            new PluginDescriptor("file", (directives, block) =>
            {
                block.Root = disk.Folder;
                FileDirective.Descriptor.SetUp(directives, block);
            }),
            "file db.example.org");
        Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Is.EqualTo("www.example.org. 60 IN A 192.0.2.1"));
    }

    private static ZoneFileOptions Parse(string lines) =>
        FileDirective.Parse(PluginFixture.ParseOne(lines), [DnsName.Parse("example.org")], NullLogger.Instance);
}
