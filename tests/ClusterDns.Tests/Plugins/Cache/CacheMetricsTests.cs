using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

[TestFixture]
internal sealed class CacheMetricsTests
{
    private const string Labels = "server=\"dns://:53\",zones=\"example.org.,example.net.\",view=\"\"";

    [Test]
    public async Task Queries_OfEveryKind_AreCounted()
    {
        await using var scene = await CacheScene.StartAsync("cache 30 example.org example.net {\n serve_stale\n}", "live.example.org.");
        await scene.AskAsync();
        await scene.AskAsync();
        await scene.AskAsync("b.live.example.org.");
        scene.Upstream = query => Upstreams.NameError(query, 300);
        for (var i = 0; i < 3; i++)
        {
            await scene.AskAsync("missing.example.net.");
        }

        await scene.AskAsync("elsewhere.example.com.");
        scene.Clock.Advance(TimeSpan.FromSeconds(31));
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);
        await scene.AskAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await scene.MetricAsync($"coredns_cache_requests_total{{{Labels}}}"), Is.EqualTo(7));
            Assert.That(await scene.MetricAsync($"coredns_cache_misses_total{{{Labels}}}"), Is.EqualTo(3));
            Assert.That(await scene.MetricAsync($"coredns_cache_hits_total{{{Typed("success")}}}"), Is.EqualTo(2));
            Assert.That(await scene.MetricAsync($"coredns_cache_hits_total{{{Typed("denial")}}}"), Is.EqualTo(2));
            Assert.That(await scene.MetricAsync($"coredns_cache_served_stale_total{{{Labels}}}"), Is.EqualTo(1));
            Assert.That(await scene.MetricAsync($"coredns_cache_prefetch_total{{{Labels}}}"), Is.EqualTo(1));
            Assert.That(await scene.MetricAsync($"coredns_cache_entries{{{Typed("success")}}}"), Is.EqualTo(1));
            Assert.That(await scene.MetricAsync($"coredns_cache_entries{{{Typed("denial")}}}"), Is.EqualTo(1));
            Assert.That(await scene.MetricAsync($"coredns_cache_evictions_total{{{Typed("success")}}}"), Is.Zero);
            Assert.That(await scene.MetricAsync($"coredns_cache_drops_total{{{Labels}}}"), Is.Null.Or.Zero);
        }
    }

    [Test]
    public async Task Evictions_OverCapacity_AreCounted()
    {
        await using var scene = await CacheScene.StartAsync("cache 30 example.org example.net {\n success 1024\n}");
        for (var i = 0; i < 2048; i++)
        {
            await scene.AskAsync($"n{i}.example.org.");
        }

        var evictions = await scene.MetricAsync($"coredns_cache_evictions_total{{{Typed("success")}}}");
        var entries = await scene.MetricAsync($"coredns_cache_entries{{{Typed("success")}}}");
        Assert.That((entries, evictions), Is.EqualTo((1024, 1024)));
    }

    [Test]
    public async Task Entries_AfterTheStop_AreShownNoMore()
    {
        var scene = await CacheScene.StartAsync("cache 30 example.org example.net");
        await scene.AskAsync();
        await scene.DisposeAsync();

        Assert.That(await scene.MetricAsync($"coredns_cache_entries{{{Typed("success")}}}"), Is.Null);
        Assert.That(await scene.MetricAsync($"coredns_cache_requests_total{{{Labels}}}"), Is.EqualTo(1));
    }

    private static string Typed(string type) => Labels.Replace(",zones", $",type=\"{type}\",zones", StringComparison.Ordinal);
}
