using ClusterDns.Plugins.Cache;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>Answers after their TTL is over (RFC 8767).</summary>
[TestFixture]
internal sealed class ServeStaleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [TestCase("serve_stale", 0u)]
    [TestCase("serve_stale 1h immediate", 0u)]
    [TestCase("serve_stale 1h immediate 30s", 30u)]
    public async Task Immediate_Expired_IsServedAtOnceAndRefreshedBehind(string property, uint timeToLive)
    {
        await using var scene = await StartExpiredAsync(property);
        var arrival = new TaskCompletionSource();
        scene.UpstreamAsync = async query =>
        {
            await arrival.Task;
            return Upstreams.Address(query, 300, last: 2);
        };

        Assert.That(await scene.LinesAsync(), Is.EqualTo($"a.example.org. {timeToLive} A 192.0.2.1"));
        Assert.That(await scene.LinesAsync(), Is.EqualTo($"a.example.org. {timeToLive} A 192.0.2.1"));
        Assert.That(scene.Asked, Is.EqualTo(2), "one refresh for one entry");
        arrival.SetResult();
        await UntilAsync(scene, "a.example.org. 300 A 192.0.2.2");
        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Immediate_UpstreamFails_IsServedUntilTheTimeIsOver()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1m");
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 0 A 192.0.2.1"));
            scene.Clock.Advance(11 * Second);
        }

        scene.Clock.Advance(5 * Second);
        Assert.That((await scene.AskAsync()).Reply.Code, Is.EqualTo(ResponseCode.ServerFailure));
    }

    [Test]
    public async Task Immediate_DenialExpired_IsServedWithItsCode()
    {
        await using var scene = await CacheScene.StartAsync("cache 30 {\n serve_stale\n}");
        scene.Upstream = query => Upstreams.NameError(query, 30);
        await scene.AskAsync();
        scene.Clock.Advance(31 * Second);
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);

        var stale = await scene.AskAsync();

        Assert.That((stale.Reply.Code, CacheScene.FirstTimeToLive(stale.Reply)), Is.EqualTo((ResponseCode.NameError, 0u)));
    }

    [TestCase(ResponseCode.NoError, 3)]
    [TestCase(ResponseCode.NameError, 19)]
    public async Task Stale_ToAClientWithEdns_SaysSo(ResponseCode code, int expected)
    {
        await using var scene = await CacheScene.StartAsync("cache 30 {\n serve_stale\n}");
        scene.Upstream = query => code == ResponseCode.NoError ? Upstreams.Address(query, 30) : Upstreams.NameError(query, 30);
        await scene.AskAsync();
        scene.Clock.Advance(31 * Second);
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);

        var packet = Finish((await scene.AskAsync(QueryFactory.Ask("a.example.org.", RecordType.A, udpSize: 1232))).Reply);

        Assert.That(ReplyReader.TryRead(packet, out var fields), Is.True);
        Assert.That(fields.Edns.TryFindOption(packet, EdnsOption.ExtendedError, out var data), Is.True);
        Assert.That(data.ToArray(), Is.EqualTo(new byte[] { 0, (byte)expected }));
    }

    [Test]
    public async Task ServerFailure_OverItsTime_IsNeverServedStale()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n serve_stale\n}");
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);
        await scene.AskAsync();
        scene.Clock.Advance(6 * Second);
        scene.Upstream = query => Upstreams.Address(query, 300);

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 300 A 192.0.2.1"));
    }

    [Test]
    public async Task Immediate_UpstreamDenies_TheAnswerIsGone()
    {
        await using var scene = await StartExpiredAsync("serve_stale");
        scene.Upstream = query => Upstreams.NameError(query, 300);
        await scene.AskAsync();

        Assert.That((await scene.AskAsync()).Reply.Code, Is.EqualTo(ResponseCode.NameError));
        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Immediate_UpstreamDeniesWithoutSoa_TheAnswerIsGone()
    {
        await using var scene = await StartExpiredAsync("serve_stale");
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.NameError);
        await scene.AskAsync();

        Assert.That((await scene.AskAsync()).Reply.Code, Is.EqualTo(ResponseCode.NameError));
    }

    [TestCase("truncated")]
    [TestCase("refused")]
    [TestCase("failed")]
    [TestCase("thrown")]
    public async Task Immediate_RefreshThatIsNoAnswer_ChangesNothing(string what)
    {
        await using var scene = await StartExpiredAsync("serve_stale");
        scene.Upstream = query => what switch
        {
            "truncated" => Truncated(query),
            "refused" => Upstreams.Bare(query, ResponseCode.Refused),
            "failed" => query.Fail(ResponseCode.ServerFailure, "timeout"),
            _ => throw new InvalidOperationException("a bug"),
        };
        await scene.AskAsync();

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 0 A 192.0.2.1"));
        Assert.That(scene.Asked, Is.EqualTo(3));
        Assert.That(await scene.MetricAsync("coredns_panics_total"), Is.EqualTo(what == "thrown" ? 2 : 0).Or.Null);
    }

    [Test]
    public async Task Recheck_AfterAFailure_IsWaitedFor()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1h immediate 0s 30s");
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);
        await scene.AskAsync();
        scene.Clock.Advance(29 * Second);
        await scene.AskAsync();
        Assert.That(scene.Asked, Is.EqualTo(2));
        scene.Clock.Advance(Second);
        await scene.AskAsync();
        Assert.That(scene.Asked, Is.EqualTo(3));
    }

    [Test]
    public async Task Immediate_UpstreamHangs_AsksForABoundedNumberOfNames()
    {
        const int names = CacheLimits.MostRefreshes + 5;
        await using var scene = await CacheScene.StartAsync("cache {\n serve_stale\n}");
        for (var i = 0; i < names; i++)
        {
            await scene.AskAsync($"n{i}.example.org.");
        }

        scene.Clock.Advance(301 * Second);
        var arrival = new TaskCompletionSource();
        scene.UpstreamAsync = async query =>
        {
            await arrival.Task;
            return Upstreams.Address(query, 300, last: 2);
        };
        for (var i = 0; i < names; i++)
        {
            Assert.That(await scene.TimeToLiveAsync($"n{i}.example.org."), Is.Zero);
        }

        Assert.That(scene.Asked - names, Is.EqualTo(CacheLimits.MostRefreshes));
        arrival.SetResult();
        await Eventually.IsTrue(
            () => scene.LinesAsync($"n{names - 1}.example.org.").GetAwaiter().GetResult().EndsWith(".2", StringComparison.Ordinal),
            "what found no place is refreshed later");
    }

    [Test]
    public async Task Verify_UpstreamAnswers_GivesTheNewAnswer()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1h verify");
        scene.Upstream = query => Upstreams.Address(query, 300, last: 2);

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 300 A 192.0.2.2"));
        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Verify_UpstreamDenies_GivesTheDenial()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1h verify");
        scene.Upstream = query => Upstreams.NameError(query, 300);

        Assert.That(((await scene.AskAsync()).Reply.Code, scene.Asked), Is.EqualTo((ResponseCode.NameError, 2)));
    }

    [Test]
    public async Task Verify_UpstreamDeniesWithoutSoa_GivesTheDenial()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1h verify");
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.NameError);

        Assert.That((await scene.AskAsync()).Reply.Code, Is.EqualTo(ResponseCode.NameError));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Verify_UpstreamFails_ServesTheExpiredAnswer(bool writesReply)
    {
        await using var scene = await StartExpiredAsync("serve_stale 1h verify 0s 30s");
        scene.Upstream = query => writesReply
            ? Upstreams.Bare(query, ResponseCode.ServerFailure)
            : query.Fail(ResponseCode.ServerFailure, "no healthy proxies");

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 30 A 192.0.2.1"));
        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 30 A 192.0.2.1"));
        Assert.That(scene.Asked, Is.EqualTo(3), "every query verifies when no recheck is given");
    }

    [Test]
    public async Task Verify_UpstreamIsSlow_ServesTheExpiredAnswerAfterTheTimeout()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1h verify 2s");
        var arrival = new TaskCompletionSource();
        scene.UpstreamAsync = async query =>
        {
            await arrival.Task;
            return Upstreams.Address(query, 300, last: 2);
        };
        var timers = scene.Clock.PendingTimers;
        var first = scene.LinesAsync();
        var second = scene.LinesAsync();
        await Eventually.IsTrue(() => scene.Clock.PendingTimers == timers + 2, "both clients wait");
        Assert.That(first.IsCompleted, Is.False);
        scene.Clock.Advance(2 * Second);

        Assert.That((await first, await second), Is.EqualTo(("a.example.org. 0 A 192.0.2.1", "a.example.org. 0 A 192.0.2.1")));
        Assert.That(scene.Asked, Is.EqualTo(2), "clients share one question to the upstream");
        arrival.SetResult();
        await UntilAsync(scene, "a.example.org. 300 A 192.0.2.2");
    }

    [Test]
    public async Task Verify_UnderWay_IsSharedByWhoComesLater()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1h verify");
        var arrival = new TaskCompletionSource();
        scene.UpstreamAsync = async query =>
        {
            await arrival.Task;
            return Upstreams.Address(query, 300, last: 2);
        };
        var clients = Enumerable.Range(0, 10).Select(_ => scene.LinesAsync()).ToArray();
        arrival.SetResult();

        Assert.That(await Task.WhenAll(clients), Is.All.EqualTo("a.example.org. 300 A 192.0.2.2"));
        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Verify_AnswerThatIsNotKept_IsGivenAllTheSame()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n success 9984 300 0\n serve_stale 1h verify\n}");
        await scene.AskAsync();
        scene.Clock.Advance(301 * Second);
        scene.Upstream = query => Upstreams.Address(query, 0, last: 2);

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 0 A 192.0.2.2"));
    }

    [Test]
    public async Task PreferPositive_UpstreamDenies_TheLastAnswerGoesOn()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1m\n serve_stale_policy prefer_positive");
        scene.Upstream = query => Upstreams.NameError(query, 300);
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 0 A 192.0.2.1"));
        }

        scene.Clock.Advance(60 * Second);
        Assert.That((await scene.AskAsync()).Reply.Code, Is.EqualTo(ResponseCode.NameError));
    }

    [Test]
    public async Task PreferPositive_VerifyDenied_TheLastAnswerGoesOn()
    {
        await using var scene = await StartExpiredAsync("serve_stale 1m verify\n serve_stale_policy prefer_positive");
        scene.Upstream = query => Upstreams.NoData(query, 300);

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 0 A 192.0.2.1"));
    }

    /// <summary>An address with a TTL of 300 seconds that are over.</summary>
    private static async Task<CacheScene> StartExpiredAsync(string property)
    {
        var scene = await CacheScene.StartAsync($"cache {{\n {property}\n}}");
        await scene.AskAsync();
        scene.Clock.Advance(301 * Second);
        return scene;
    }

    private static async Task UntilAsync(CacheScene scene, string expected)
    {
        var asked = scene.Asked;
        var last = "";
        await Eventually.IsTrue(
            () =>
            {
                last = scene.LinesAsync().GetAwaiter().GetResult();
                return last == expected;
            },
            $"{expected}, but {last} after {asked} queries");
    }

    private static ServeResult Truncated(Query query)
    {
        Upstreams.Address(query, 300, last: 2);
        query.Reply.IsTruncated = true;
        return ServeResult.Answered;
    }

    private static byte[] Finish(Reply reply)
    {
        var packet = new byte[reply.FinishedLength];
        return packet[..reply.Finish(packet, packet.Length)];
    }
}
