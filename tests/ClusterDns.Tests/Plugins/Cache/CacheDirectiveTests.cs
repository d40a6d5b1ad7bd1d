using ClusterDns.Corefile;
using ClusterDns.Plugins.Cache;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

[TestFixture]
internal sealed class CacheDirectiveTests
{
    [TestCase("cache")]
    [TestCase("cache {\n}")]
    public void Parse_Nothing_HasTheDefaults(string line)
    {
        var options = Parse(line);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Zones.Select(zone => zone.ToString()), Is.EqualTo(["example.org."]));
            Assert.That(options.Success, Is.EqualTo(new TableOptions(9984, 3600, 5)));
            Assert.That(options.Denial, Is.EqualTo(new TableOptions(9984, 1800, 5)));
            Assert.That(options.Prefetch.Amount, Is.Zero);
            Assert.That(options.Stale, Is.Null);
            Assert.That(options.PrefersPositive, Is.False);
            Assert.That(options.ServerFailure, Is.EqualTo(TimeSpan.FromSeconds(5)));
            Assert.That(options.SuccessDisabled.Concat(options.DenialDisabled), Is.Empty);
            Assert.That(options.KeepsTimeToLive, Is.False);
        }
    }

    [TestCase("cache 30", 30u, "example.org.")]
    [TestCase("cache 30 a.org b.org", 30u, "a.org. b.org.")]
    [TestCase("cache aaa example.nl", 3600u, "aaa. example.nl.")]
    [TestCase("cache 10.0.0.0/31", 3600u, "0.0.0.10.in-addr.arpa. 1.0.0.10.in-addr.arpa.")]
    [TestCase("cache .", 3600u, ".")]
    public void Parse_TimeAndZones_AreRead(string line, uint longest, string zones)
    {
        var options = Parse(line);

        Assert.That(
            (options.Success.Longest, string.Join(' ', options.Zones)),
            Is.EqualTo((longest, zones)));
    }

    [Test]
    public void Parse_Time_IsTheTopOfBothTables()
    {
        var options = Parse("cache 30");

        Assert.That((options.Success.Longest, options.Denial.Longest), Is.EqualTo((30u, 30u)));
    }

    [TestCase("success 2000", 2000, 25u, 5u)]
    [TestCase("success 2000 100", 2000, 100u, 5u)]
    [TestCase("success 2000 100 0", 2000, 100u, 0u)]
    [TestCase("success 2000 100 7 extra", 2000, 100u, 7u)]
    public void Parse_Success_HasCapacityTopAndBottom(string property, int capacity, uint longest, uint shortest)
    {
        var options = Parse($"cache 25 {{\n {property}\n}}");

        Assert.That(options.Success, Is.EqualTo(new TableOptions(capacity, longest, shortest)));
    }

    [Test]
    public void Parse_Denial_HasCapacityTopAndBottom() =>
        Assert.That(Parse("cache {\n denial 10 15 2\n}").Denial, Is.EqualTo(new TableOptions(10, 15, 2)));

    [TestCase(9984, 9984)]
    [TestCase(10000, 9984)]
    [TestCase(1, 1024)]
    [TestCase(-5, 1024)]
    [TestCase(1279, 1024)]
    [TestCase(1280, 1280)]
    public void Entries_OfACapacity_AreAMultipleOf256FromFourTimesThatOn(int capacity, int entries) =>
        Assert.That(CacheLimits.EntriesFor(capacity), Is.EqualTo(entries));

    [TestCase("prefetch 10", 10, 60, 10)]
    [TestCase("prefetch 10 2m", 10, 120, 10)]
    [TestCase("prefetch 10 2m 25%", 10, 120, 25)]
    [TestCase("prefetch 0", 0, 60, 10)]
    public void Parse_Prefetch_HasAmountGapAndPercentage(string property, int amount, int gap, int percentage) =>
        Assert.That(
            Parse($"cache {{\n {property}\n}}").Prefetch,
            Is.EqualTo(new PrefetchOptions(amount, TimeSpan.FromSeconds(gap), percentage)));

    [TestCase("serve_stale", 3600, false, 0, 0u, 0)]
    [TestCase("serve_stale 1m", 60, false, 0, 0u, 0)]
    [TestCase("serve_stale 1m immediate", 60, false, 0, 0u, 0)]
    [TestCase("serve_stale 1m IMMEDIATE 30s", 60, false, 0, 30u, 0)]
    [TestCase("serve_stale 1m immediate 30s 10s", 60, false, 0, 30u, 10)]
    [TestCase("serve_stale 1m verify", 60, true, 0, 0u, 0)]
    [TestCase("serve_stale 1m verify 2s", 60, true, 2, 0u, 0)]
    [TestCase("serve_stale 1m verify 2s 30s", 60, true, 2, 30u, 0)]
    [TestCase("serve_stale 1m verify 2s 30s 10s", 60, true, 2, 30u, 10)]
    public void Parse_ServeStale_HasEveryForm(string property, int seconds, bool verifies, int timeout, uint ttl, int recheck) =>
        Assert.That(
            Parse($"cache {{\n {property}\n}}").Stale,
            Is.EqualTo(new StaleOptions(
                TimeSpan.FromSeconds(seconds), verifies, TimeSpan.FromSeconds(timeout), ttl, TimeSpan.FromSeconds(recheck))));

    [Test]
    public void Parse_ServeStaleForNoTime_ServesNothingStale() =>
        Assert.That(Parse("cache {\n serve_stale 0s\n}").Stale, Is.Null);

    [Test]
    public void Parse_OtherProperties_AreRead()
    {
        var options = Parse("""
            cache {
                serve_stale
                serve_stale_policy prefer_positive
                servfail 5m
                disable success cluster.local
                disable denial
                keepttl
            }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.PrefersPositive, Is.True);
            Assert.That(options.ServerFailure, Is.EqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(options.SuccessDisabled, Is.EqualTo([DnsName.Parse("cluster.local")]));
            Assert.That(options.DenialDisabled, Is.EqualTo([DnsName.Root]));
            Assert.That(options.KeepsTimeToLive, Is.True);
        }
    }

    [TestCase("cache 0", 2, "cache TTL can not be zero or negative: 0")]
    [TestCase("cache -1 example.nl", 2, "cache TTL can not be zero or negative: -1")]
    [TestCase("cache {\n success\n}", 3, "Wrong argument count or unexpected line ending after 'success'")]
    [TestCase("cache {\n denial\n}", 3, "Wrong argument count or unexpected line ending after 'denial'")]
    [TestCase("cache {\n denial aaa\n}", 3, "strconv.Atoi: parsing \"aaa\": invalid syntax")]
    [TestCase("cache {\n success 10 0\n}", 3, "cache TTL can not be zero or negative: 0")]
    [TestCase("cache {\n denial 10 5 -1\n}", 3, "cache min TTL can not be negative: -1")]
    [TestCase("cache {\n prefetch\n}", 3, "Wrong argument count or unexpected line ending after 'prefetch'")]
    [TestCase("cache {\n prefetch 1 1m 10% x\n}", 3, "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("cache {\n prefetch -1\n}", 3, "prefetch amount should be positive: -1")]
    [TestCase("cache {\n prefetch 0 blurp\n}", 3, "time: invalid duration \"blurp\"")]
    [TestCase("cache {\n prefetch 1 1m 10\n}", 3, "last character of percentage should be `%`, but is: '0'")]
    [TestCase("cache {\n prefetch 1 1m \"\"\n}", 3, "last character of percentage should be `%`, but is: ''")]
    [TestCase("cache {\n prefetch 1 1m 9%\n}", 3, "percentage should fall in range [10, 90]: 9")]
    [TestCase("cache {\n prefetch 1 1m 91%\n}", 3, "percentage should fall in range [10, 90]: 91")]
    [TestCase("cache {\n serve_stale -1s\n}", 3, "invalid negative duration for serve_stale")]
    [TestCase("cache {\n serve_stale 1000h\n}", 3, "serve_stale takes durations up to 24 days: 1000h")]
    [TestCase("cache {\n serve_stale 1h Later\n}", 3, "invalid value for serve_stale refresh mode: later")]
    [TestCase("cache {\n serve_stale 1h immediate 1s 1s 1s\n}", 3, "Wrong argument count or unexpected line ending after '1s'")]
    [TestCase("cache {\n serve_stale 1h verify 1s 1s 1s 1s\n}", 3, "Wrong argument count or unexpected line ending after '1s'")]
    [TestCase("cache {\n serve_stale\n serve_stale_policy newest\n}", 4, "invalid value for serve_stale_policy: newest")]
    [TestCase("cache {\n serve_stale_policy prefer_positive\n}", 2, "serve_stale_policy needs serve_stale")]
    [TestCase("cache {\n servfail\n}", 3, "Wrong argument count or unexpected line ending after 'servfail'")]
    [TestCase("cache {\n servfail 5\n}", 3, "time: missing unit in duration \"5\"")]
    [TestCase("cache {\n servfail -1s\n}", 3, "invalid negative ttl for servfail")]
    [TestCase("cache {\n servfail 301s\n}", 3, "caching SERVFAIL responses over 5 minutes is not permitted")]
    [TestCase("cache {\n disable\n}", 3, "Wrong argument count or unexpected line ending after 'disable'")]
    [TestCase("cache {\n disable all\n}", 3, "cache type for disable must be \"success\" or \"denial\"")]
    [TestCase("cache {\n disable success a..b\n}", 3, "invalid disabled zone: a..b")]
    [TestCase("cache {\n keepttl yes\n}", 3, "Wrong argument count or unexpected line ending after 'yes'")]
    [TestCase("cache {\n positive 15\n}", 3, "Wrong argument count or unexpected line ending after 'positive'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(CacheDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public async Task SetUp_SecondLine_IsAMistake()
    {
        var mistake = await Assert.ThrowsAsync<CorefileException>(
            () => RunningServer.StartAsync(".:0 {\n bind 127.0.0.1\n cache\n cache 30\n whoami\n}"));

        Assert.That(
            mistake!.Message,
            Is.EqualTo("plugin/cache: stdin:4 - Error during parsing: this plugin can only be used once per Server Block"));
    }

    private static CacheOptions Parse(string line) =>
        CacheDirective.Parse(PluginFixture.ParseOne(line), [DnsName.Parse("example.org")]);
}
