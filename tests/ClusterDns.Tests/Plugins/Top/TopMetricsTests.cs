using ClusterDns.Plugins.Top;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Top;

[TestFixture]
internal sealed class TopMetricsTests
{
    private const string Everything = "top {\n sample 1\n export\n }";

    [Test]
    public async Task Export_NotAskedFor_ShowsNothing()
    {
        await using var fixture = await StartAsync("top {\n sample 1\n }");
        fixture.Ask(QueryFactory.Ask("example.org", RecordType.A));
        Assert.That(await SeriesAsync(fixture, ""), Is.Empty);
    }

    [Test]
    public async Task Export_MoreNamesThanSeries_HasTwentyAndTheOthers()
    {
        await using var fixture = await StartAsync(Everything);
        for (var i = 0; i < 50; i++)
        {
            for (var times = 0; times <= i; times++)
            {
                fixture.Ask(QueryFactory.Ask($"n{i}.example.org", RecordType.A));
            }
        }

        fixture.Clock.Advance(TimeSpan.FromSeconds(100));
        var names = await SeriesAsync(fixture, "name_");

        // 50 names, 1 to 50 queries each, in 100 seconds: the other 30 have 465 of them.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Has.Count.EqualTo(TopMetrics.MostSeries + 1));
            Assert.That(names, Does.Contain("clusterdns_top_name_queries_per_second{name=\"n49.example.org.\"} 0.5"));
            Assert.That(names, Does.Contain("clusterdns_top_name_queries_per_second{name=\"(other)\"} 4.65"));
            Assert.That(
                await SeriesAsync(fixture, "client_"),
                Is.EquivalentTo(
                [
                    "clusterdns_top_client_queries_per_second{client=\"10.244.0.5\",namespace=\"\",pod=\"\"} 12.75",
                    "clusterdns_top_client_queries_per_second{client=\"(other)\",namespace=\"\",pod=\"\"} 0",
                ]));
            Assert.That(await SeriesAsync(fixture, "upstream_name_"), Is.Empty);
        }
    }

    [Test]
    public async Task Export_WhatLeavesTheTop_LosesItsSeries()
    {
        await using var fixture = await StartAsync(Everything);
        fixture.Ask(QueryFactory.Ask("old.example.org", RecordType.A));
        Assert.That(await SeriesAsync(fixture, "name_"), Has.Count.EqualTo(2));
        fixture.Clock.Advance(TopTalkers.Generation * 2);
        fixture.Ask(QueryFactory.Ask("new.example.org", RecordType.A));

        Assert.That((await SeriesAsync(fixture, "name_")).Select(line => line.Split('"')[1]), Is.EquivalentTo(["new.example.org.", "(other)"]));
    }

    [Test]
    public async Task Export_FloodOfNames_NeverHasMoreSeries()
    {
        await using var fixture = await StartAsync(Everything);
        for (var i = 0; i < 5000; i++)
        {
            fixture.Ask(QueryFactory.Ask($"x{i}.example.org", RecordType.A, client: $"10.{i / 256}.{i % 256}.1:1"));
            if (i % 500 == 499)
            {
                Assert.That(await SeriesAsync(fixture, ""), Has.Count.LessThanOrEqualTo(TopFamilies.Count * (TopMetrics.MostSeries + 1)));
            }
        }
    }

    [Test]
    public async Task Export_NamesWithAnyOctets_AreOnePrintableLineEach()
    {
        await using var fixture = await StartAsync(Everything);
        fixture.Ask(QueryFactory.Ask("a\\010b\\034\\255.example.org", RecordType.A));

        Assert.That(
            await SeriesAsync(fixture, "name_"),
            Does.Contain("clusterdns_top_name_queries_per_second{name=\"a\\\\010b\\\\\\\"\\\\255.example.org.\"} 1"));
    }

    [Test]
    public async Task Export_TakenOutOfTheCorefile_RemovesAllSeries()
    {
        await using var fixture = await StartAsync(Everything);
        fixture.Ask(QueryFactory.Ask("example.org", RecordType.A));
        Assert.That(await SeriesAsync(fixture, ""), Is.Not.Empty);
        await fixture.StopAsync();

        Assert.That(await SeriesAsync(fixture, ""), Is.Empty);
    }

    private static async Task<PluginFixture> StartAsync(string lines)
    {
        var fixture = new PluginFixture(TopDirective.Descriptor, lines);
        await fixture.StartAsync();
        return fixture;
    }

    private static async Task<List<string>> SeriesAsync(PluginFixture fixture, string family) =>
        [.. (await fixture.ScrapeAsync()).Where(line => line.StartsWith("clusterdns_top_" + family, StringComparison.Ordinal))];
}
