using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>What is answered again, for how long, with which flags.</summary>
[TestFixture]
internal sealed class CachePluginTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Answer_AskedAgain_ComesFromTheCacheAndCountsDown()
    {
        await using var scene = await CacheScene.StartAsync("cache");

        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 300 A 192.0.2.1"));
        scene.Clock.Advance(299.9 * Second);
        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 1 A 192.0.2.1"));
        Assert.That(scene.Asked, Is.EqualTo(1));
        scene.Clock.Advance(0.1 * Second);
        Assert.That(await scene.LinesAsync(), Is.EqualTo("a.example.org. 300 A 192.0.2.1"));
        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Hit_HasAaAndTheStoredRaAndTheClientsBits()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        await scene.AskAsync();

        var hit = await scene.AskAsync(QueryFactory.Ask("A.eXample.org.", RecordType.A, udpSize: 1232));

        var reply = hit.Reply;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((reply.IsAuthoritative, reply.IsRecursionAvailable, reply.Code), Is.EqualTo((true, true, ResponseCode.NoError)));
            Assert.That(hit.AnsweredBy, Is.EqualTo("cache"));
            Assert.That(LoadBalance.ReplyText.Of(reply), Is.EqualTo(["A.eXample.org. 300 A 192.0.2.1"]));
            Assert.That(reply.FinishedLength - reply.Length, Is.EqualTo(Edns.RecordSize), "the OPT record is ours");
            Assert.That(scene.Asked, Is.EqualTo(1));
        }
    }

    [TestCase(false, false, false)]
    [TestCase(true, false, true)]
    [TestCase(false, true, true)]
    public async Task AuthenticData_OnAMissAndOnAHit_IsSaidToWhoAsksForIt(bool dnssecOk, bool setsBit, bool expected)
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = query =>
        {
            var result = Upstreams.Address(query, 300);
            query.Reply.IsAuthenticData = true;
            return result;
        };
        var flags = (ushort)(MessageHeader.RecursionDesiredFlag | (setsBit ? MessageHeader.AuthenticDataFlag : 0));
        for (var i = 0; i < 2; i++)
        {
            var query = QueryFactory.Ask("a.example.org.", RecordType.A, udpSize: 1232, dnssecOk: dnssecOk, flags: flags);

            Assert.That((await scene.AskAsync(query)).Reply.IsAuthenticData, Is.EqualTo(expected));
        }

        Assert.That(scene.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task AuthenticData_StoredByWhoDidNotAsk_IsSaidToWhoDoes()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = query =>
        {
            var result = Upstreams.Address(query, 300);
            query.Reply.IsAuthenticData = true;
            return result;
        };
        await scene.AskAsync();

        var hit = await scene.AskAsync(QueryFactory.Ask("a.example.org.", RecordType.A, flags: MessageHeader.AuthenticDataFlag));

        Assert.That((hit.Reply.IsAuthenticData, scene.Asked), Is.EqualTo((true, 1)));
    }

    [TestCase("cache 30", 300u, 30u)]
    [TestCase("cache 30", 10u, 10u)]
    [TestCase("cache 30", 0u, 5u)]
    [TestCase("cache", 86400u, 3600u)]
    [TestCase("cache 86400", 86400u, 3600u)]
    [TestCase("cache {\n success 9984 100 50\n}", 10u, 50u)]
    [TestCase("cache {\n success 9984 30 50\n}", 10u, 30u)]
    public async Task TimeToLive_OfTheFirstAnswerAndOfAHit_IsClamped(string corefile, uint sent, uint expected)
    {
        await using var scene = await CacheScene.StartAsync(corefile);
        scene.Upstream = query => Upstreams.Address(query, sent);

        Assert.That((await scene.TimeToLiveAsync(), await scene.TimeToLiveAsync(), scene.Asked), Is.EqualTo((expected, expected, 1)));
    }

    [Test]
    public async Task TimeToLive_OfAllRecordsInAllSections_IsTheLowest()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = query =>
        {
            var reply = Upstreams.Begin(query, ResponseCode.NoError);
            Upstreams.AddAlias(reply, 300, "b.example.org.");
            reply.AddAddress(Section.Answer, NameParts.Whole(Wire.ReplyScene.Octets("b.example.org.")), 200, [192, 0, 2, 1]);
            Upstreams.AddStartOfAuthority(reply, 100);
            reply.AddAddress(Section.Additional, NameParts.Whole(Wire.ReplyScene.Octets("ns.example.org.")), 70, [192, 0, 2, 2]);
            return ServeResult.Answered;
        };
        for (var i = 0; i < 2; i++)
        {
            var lines = await scene.LinesAsync();
            Assert.That(lines.Split('\n').Select(line => line.Split(' ')[1]), Is.EqualTo(["70", "70", "70", "70"]));
        }

        Assert.That(scene.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task KeepTtl_Hit_HasTheStoredTimeToLiveUntilItIsOver()
    {
        await using var scene = await CacheScene.StartAsync("cache 30 {\n keepttl\n}");
        await scene.AskAsync();
        scene.Clock.Advance(29 * Second);

        Assert.That((await scene.TimeToLiveAsync(), scene.Asked), Is.EqualTo((30u, 1)));
        scene.Clock.Advance(Second);
        Assert.That((await scene.TimeToLiveAsync(), scene.Asked), Is.EqualTo((30u, 2)));
    }

    [Test]
    public async Task NameError_AskedAgain_ComesFromTheCacheWithItsSoa()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n denial 9984 20\n}");
        scene.Upstream = query => Upstreams.NameError(query, 600);
        await scene.AskAsync();
        scene.Clock.Advance(5 * Second);

        var hit = await scene.AskAsync();

        Assert.That(
            (hit.Reply.Code, hit.Reply.AuthorityCount, CacheScene.FirstTimeToLive(hit.Reply), scene.Asked),
            Is.EqualTo((ResponseCode.NameError, 1, 15u, 1)));
    }

    [Test]
    public async Task NoData_AskedAgain_ComesFromTheCache()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = query => Upstreams.NoData(query, 86400);

        Assert.That((await scene.TimeToLiveAsync(), await scene.TimeToLiveAsync(), scene.Asked), Is.EqualTo((1800u, 1800u, 1)));
    }

    [TestCase("cache", 5)]
    [TestCase("cache {\n servfail 20s\n}", 20)]
    public async Task ServerFailure_IsKeptForAFewSeconds(string corefile, int seconds)
    {
        await using var scene = await CacheScene.StartAsync(corefile);
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);
        await scene.AskAsync();
        scene.Clock.Advance((seconds - 0.5) * Second);
        Assert.That(((await scene.AskAsync()).Reply.Code, scene.Asked), Is.EqualTo((ResponseCode.ServerFailure, 1)));
        scene.Clock.Advance(0.5 * Second);
        await scene.AskAsync();

        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task ServerFailure_Zero_IsNotKept()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n servfail 0s\n}");
        scene.Upstream = query => Upstreams.Bare(query, ResponseCode.ServerFailure);
        await scene.AskAsync();
        await scene.AskAsync();

        Assert.That(scene.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task NewAnswer_AfterADenial_IsNotHiddenByIt()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n denial 9984 5\n}");
        scene.Upstream = query => Upstreams.NameError(query, 5);
        await scene.AskAsync();
        scene.Clock.Advance(5 * Second);
        scene.Upstream = query => Upstreams.Address(query, 300);
        await scene.AskAsync();

        Assert.That((await scene.LinesAsync(), scene.Asked), Is.EqualTo(("a.example.org. 300 A 192.0.2.1", 2)));
    }

    [Test]
    public async Task Name_OutsideTheZones_IsNotLookedUp()
    {
        await using var scene = await CacheScene.StartAsync("cache 30 b.example.org");

        Assert.That((await scene.TimeToLiveAsync(), await scene.TimeToLiveAsync(), scene.Asked), Is.EqualTo((300u, 300u, 2)));
        Assert.That((await scene.TimeToLiveAsync("b.example.org."), await scene.TimeToLiveAsync("b.example.org."), scene.Asked), Is.EqualTo((30u, 30u, 3)));
    }

    [TestCase("disable success", 2, 1)]
    [TestCase("disable success example.org", 2, 1)]
    [TestCase("disable denial", 1, 2)]
    [TestCase("disable denial .", 1, 2)]
    [TestCase("disable denial other.org", 1, 1)]
    public async Task Disable_StopsKeepingAndClampsAllTheSame(string property, int answersAsked, int denialsAsked)
    {
        await using var scene = await CacheScene.StartAsync($"cache 30 {{\n {property}\n}}");
        Assert.That(await scene.TimeToLiveAsync(), Is.EqualTo(30));
        await scene.AskAsync();
        Assert.That(scene.Asked, Is.EqualTo(answersAsked));

        scene.Upstream = query => Upstreams.NameError(query, 300);
        Assert.That(await scene.TimeToLiveAsync("missing.example.org."), Is.EqualTo(30));
        await scene.AskAsync("missing.example.org.");
        Assert.That(scene.Asked - answersAsked, Is.EqualTo(denialsAsked));
    }

    [Test]
    public async Task Failure_WithoutReply_IsNotKept()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = query => query.Fail(ResponseCode.ServerFailure, "no healthy proxies");
        await scene.ServeAsync(QueryFactory.Ask("a.example.org.", RecordType.A));

        var second = await scene.ServeAsync(QueryFactory.Ask("a.example.org.", RecordType.A));

        Assert.That((second, scene.Asked), Is.EqualTo((ServeResult.Failed(ResponseCode.ServerFailure), 2)));
    }

    [Test]
    public async Task Answer_ThatHadToWait_IsKept()
    {
        await using var scene = await CacheScene.StartAsync("cache 30");
        var arrival = new TaskCompletionSource();
        scene.UpstreamAsync = async query =>
        {
            await arrival.Task;
            return Upstreams.Address(query, 300);
        };
        var first = scene.TimeToLiveAsync();
        scene.Clock.Advance(2 * Second);
        arrival.SetResult();

        Assert.That((await first, await scene.TimeToLiveAsync(), scene.Asked), Is.EqualTo((30u, 30u, 1)));
    }

    [Test]
    public async Task Hit_LargerThanUsual_IsWhole()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = query =>
        {
            var reply = Upstreams.Begin(query, ResponseCode.NoError);
            for (var i = 0; i < 1000; i++)
            {
                reply.AddAddress(Section.Answer, NameParts.Question, 300, [10, 0, (byte)(i >> 8), (byte)i]);
            }

            return ServeResult.Answered;
        };
        var first = await scene.LinesAsync();

        Assert.That((await scene.LinesAsync(), scene.Asked), Is.EqualTo((first, 1)));
    }
}
