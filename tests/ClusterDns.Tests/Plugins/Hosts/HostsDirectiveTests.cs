using ClusterDns.Plugins.Hosts;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Hosts;

[TestFixture]
internal sealed class HostsDirectiveTests
{
    [Test]
    public void Parse_NameAlone_HasTheDefaults()
    {
        var options = Parse("hosts");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Path, Is.EqualTo("/etc/hosts"));
            Assert.That(options.Zones, Is.EqualTo([DnsName.Parse("example.org")]));
            Assert.That(options.TimeToLive, Is.EqualTo(3600));
            Assert.That(options.HasReverse, Is.True);
            Assert.That(options.Reload, Is.EqualTo(TimeSpan.FromSeconds(5)));
            Assert.That(options.Inline, Is.Empty);
            Assert.That(options.Fallthrough, Is.Empty);
            Assert.That(options.UnsupportedFallsThrough, Is.False);
        }
    }

    [Test]
    public void Parse_EveryOption_IsTaken()
    {
        var options = Parse("""
            hosts /etc/coredns/NodeHosts a.test 10.0.0.0/8 {
                10.0.0.1 one.test two.test
                ttl 60
                ::1 three.test
                no_reverse
                reload 15s
                fallthrough a.test
                fallthrough_unsupported
            }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Path, Is.EqualTo("/etc/coredns/NodeHosts"));
            Assert.That(options.Zones, Is.EquivalentTo([DnsName.Parse("a.test"), DnsName.Parse("10.in-addr.arpa")]));
            Assert.That(options.Inline, Is.EqualTo(["10.0.0.1 one.test two.test", "::1 three.test"]));
            Assert.That(options.TimeToLive, Is.EqualTo(60));
            Assert.That(options.HasReverse, Is.False);
            Assert.That(options.Reload, Is.EqualTo(TimeSpan.FromSeconds(15)));
            Assert.That(options.Fallthrough, Is.EqualTo([DnsName.Parse("a.test")]));
            Assert.That(options.UnsupportedFallsThrough, Is.True);
        }
    }

    [TestCase("0s", 0)]
    [TestCase("0", 0)]
    [TestCase("1ms", 100)]
    [TestCase("1000000h", 24 * 24 * 3_600_000L)]
    public void Parse_Reload_IsKeptWithinWhatATimerTakes(string text, long milliseconds) =>
        Assert.That(Parse($"hosts {{\n reload {text}\n }}").Reload, Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("ttl", "ttl needs a time in second")]
    [TestCase("ttl x", "ttl needs a number of second")]
    [TestCase("ttl 0", "ttl provided is invalid")]
    [TestCase("ttl -1", "ttl provided is invalid")]
    [TestCase("ttl 65536", "ttl provided is invalid")]
    [TestCase("reload", "reload needs a duration (zero seconds to disable)")]
    [TestCase("reload 1s 2s", "reload needs a duration (zero seconds to disable)")]
    [TestCase("reload x", "invalid duration for reload 'x'")]
    [TestCase("reload -1s", "invalid negative duration for reload '-1s'")]
    [TestCase("fallthrough\n 10.0.0.1 a.test", "unknown property '10.0.0.1'")]
    [TestCase("fallthrough a.test\n 10.0.0.1 a.test", "unknown property '10.0.0.1'")]
    [TestCase("fallthrough ..", "zone is not a valid domain name: ..")]
    [TestCase("reload {\n }", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_IsToldWithItsLine(string lines, string message)
    {
        var line = 3 + lines.Count(character => character == '\n' && !lines.StartsWith("reload {", StringComparison.Ordinal));
        Assert.That(
            PluginFixture.ErrorOf(HostsDirective.Descriptor, $"hosts {{\n {lines}\n }}"),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {message}"));
    }

    [Test]
    public void Parse_UnsupportedWithoutFallthrough_IsAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(HostsDirective.Descriptor, "hosts {\n fallthrough_unsupported\n }"),
            Does.EndWith("fallthrough_unsupported requires fallthrough"));

    [Test]
    public async Task SetUp_FileMissing_IsAWarning()
    {
        await using var fixture = new PluginFixture(HostsDirective.Descriptor, "hosts /nowhere/hosts");
        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Warning] plugin/hosts: File does not exist: /nowhere/hosts"]));
    }

    [Test]
    public async Task SetUp_FileIsADirectory_IsAWarning()
    {
        await using var fixture = new PluginFixture(HostsDirective.Descriptor, "hosts /tmp");
        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Warning] plugin/hosts: Hosts file \"/tmp\" is a directory"]));
    }

    [Test]
    public async Task SetUp_PathIsEmpty_IsADirectoryLikeAnyOther()
    {
        await using var fixture = new PluginFixture(HostsDirective.Descriptor, "hosts \"\"");
        await fixture.StartAsync();
        Assert.That(fixture.Log.Lines[0], Is.EqualTo("[Warning] plugin/hosts: Hosts file \".\" is a directory"));
    }

    [Test]
    public async Task SetUp_ZoneThatIsNone_IsAWarning()
    {
        await using var fixture = new PluginFixture(HostsDirective.Descriptor, "hosts /dev/null .test a.test");
        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Warning] plugin/hosts: Corefile:2 - zone is not a valid domain name: .test"]));
    }

    private static HostsOptions Parse(string lines) =>
        HostsDirective.Parse(PluginFixture.ParseOne(lines), [DnsName.Parse("example.org")], NullLogger.Instance);
}
