using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>What is popular is asked for again before it expires.</summary>
[TestFixture]
internal sealed class PrefetchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Popular_NearTheEnd_IsRefreshedBehindTheAnswer()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n prefetch 3 1h 10%\n}");
        await AskAsync(scene, 3);
        scene.Clock.Advance(269 * Second);
        await scene.AskAsync();
        Assert.That(scene.Asked, Is.EqualTo(1), "31 of 300 seconds are left");
        scene.Clock.Advance(Second);
        scene.Upstream = query => Upstreams.Address(query, 300, last: 2);

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 30 A 192.0.2.1"));
        Assert.That((await scene.LinesAsync(), scene.Asked), Is.EqualTo(("a.example.org. 300 A 192.0.2.2", 2)));
        Assert.That(await scene.MetricAsync($"coredns_cache_prefetch_total{{server=\"{CacheScene.Server}\",zones=\"example.org.\",view=\"\"}}"), Is.EqualTo(1));
    }

    [Test]
    public async Task Popular_Refreshed_StaysPopular()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n prefetch 3 1h 10%\n}");
        await AskAsync(scene, 4);
        for (var round = 2; round < 5; round++)
        {
            scene.Clock.Advance(280 * Second);
            await scene.AskAsync();
            Assert.That(scene.Asked, Is.EqualTo(round));
        }
    }

    [Test]
    public async Task Unpopular_NearTheEnd_IsLeftToExpire()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n prefetch 3 1h 10%\n}");
        await scene.AskAsync();
        scene.Clock.Advance(299 * Second);
        await AskAsync(scene, 2);

        Assert.That(scene.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task Gap_BetweenHits_StartsTheCountAgain()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n prefetch 3 1m 10%\n}");
        await AskAsync(scene, 10);
        scene.Clock.Advance(290 * Second);
        await AskAsync(scene, 2);
        Assert.That(scene.Asked, Is.EqualTo(1));
        await scene.AskAsync();
        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Refresh_UnderWay_IsNotStartedTwice()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n prefetch 1 1h 10%\n}");
        await AskAsync(scene, 2);
        scene.Clock.Advance(290 * Second);
        var arrival = new TaskCompletionSource();
        scene.UpstreamAsync = async query =>
        {
            await arrival.Task;
            return Upstreams.Address(query, 300);
        };
        await AskAsync(scene, 10);

        Assert.That(scene.Asked, Is.EqualTo(2));
        arrival.SetResult();
    }

    [Test]
    public async Task Refresh_Fails_TheAnswerStaysUntilItExpires()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n prefetch 1 1h 10%\n}");
        await AskAsync(scene, 2);
        scene.Clock.Advance(290 * Second);
        scene.Upstream = query => Upstreams.Bare(query, ClusterDns.Wire.ResponseCode.ServerFailure);
        await scene.AskAsync();

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 10 A 192.0.2.1"));
    }

    [Test]
    public async Task Refresh_OfAQueryAsSpelt_AsksTheSame()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n prefetch 1 1h 90%\n}");
        await scene.AskAsync();
        scene.Clock.Advance(200 * Second);
        var asked = "";
        scene.Upstream = query =>
        {
            asked = $"{ClusterDns.Wire.WireName.ToText(query.NameAsSent)} {query.Type} {query.Edns.PayloadSize} {query.Client} {query.Zone} {query.Depth}";
            return Upstreams.Address(query, 300);
        };

        var query = QueryFactory.Ask("A.Example.org.", ClusterDns.Wire.RecordType.A, udpSize: 4096);
        query.LimitPayloadSize(1232);
        await scene.AskAsync(query);

        Assert.That(asked, Is.EqualTo("A.Example.org. A 1232 " + QueryFactory.Client + " . 0"));
    }

    private static async Task AskAsync(CacheScene scene, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await scene.AskAsync();
        }
    }
}
