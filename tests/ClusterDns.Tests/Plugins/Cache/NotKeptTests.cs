using System.Buffers.Binary;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Wire;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>Which replies are kept and which are only passed on.</summary>
[TestFixture]
internal sealed class NotKeptTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static IEnumerable<TestCaseData> Replies()
    {
        yield return Case("NXDOMAIN without SOA", false, query => Upstreams.Bare(query, ResponseCode.NameError));
        yield return Case("REFUSED", false, query => Upstreams.Bare(query, ResponseCode.Refused));
        yield return Case("FORMERR", false, query => Upstreams.Bare(query, ResponseCode.FormatError));
        yield return Case("NOTIMP", true, query => Upstreams.Bare(query, ResponseCode.NotImplemented));
        yield return Case("NOERROR without records", true, query => Upstreams.Bare(query, ResponseCode.NoError));
        yield return Case("truncated", false, query =>
        {
            Upstreams.Address(query, 300);
            query.Reply.IsTruncated = true;
            return ServeResult.Answered;
        });
        yield return Case("alias that leads nowhere", false, query =>
        {
            Upstreams.AddAlias(Upstreams.Begin(query, ResponseCode.NoError), 300, "b.example.org.");
            return ServeResult.Answered;
        });
        yield return Case("alias to a name without data", true, query =>
        {
            var reply = Upstreams.Begin(query, ResponseCode.NoError);
            Upstreams.AddAlias(reply, 300, "b.example.org.");
            Upstreams.AddStartOfAuthority(reply, 300);
            return ServeResult.Answered;
        });
        yield return Case("delegation", true, query =>
        {
            Upstreams.Begin(query, ResponseCode.NoError)
                .AddName(Section.Authority, NameParts.Question, RecordType.NS, 300, ReplyScene.Whole("ns.example.org."));
            return ServeResult.Answered;
        });
        yield return Case("valid signature", true, query => Signed(query, -3600, 3600));
        yield return Case("expired signature", false, query => Signed(query, -3600, -1));
        yield return Case("signature of the future", false, query => Signed(query, 60, 3600));
    }

    [TestCaseSource(nameof(Replies))]
    public async Task Reply_OfAKind_IsKeptOrNot(bool isKept, Func<Query, ServeResult> upstream)
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = upstream;
        var first = await scene.AskAsync(Ask());
        var second = await scene.AskAsync(Ask());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Asked, Is.EqualTo(isKept ? 1 : 2));
            Assert.That(second.Reply.Code, Is.EqualTo(first.Reply.Code));
            Assert.That(second.Reply.Body.ToArray(), Is.EqualTo(first.Reply.Body.ToArray()));
        }
    }

    [TestCase(RecordType.AXFR)]
    [TestCase(RecordType.IXFR)]
    public async Task Transfer_IsNeitherKeptNorClamped(RecordType type)
    {
        await using var scene = await CacheScene.StartAsync("cache 30");

        Assert.That((await scene.TimeToLiveAsync(type: type), await scene.TimeToLiveAsync(type: type), scene.Asked), Is.EqualTo((300u, 300u, 2)));
    }

    [Test]
    public async Task Any_AskedAgain_ComesFromTheCache()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        await scene.AskAsync(type: RecordType.ANY);
        await scene.AskAsync(type: RecordType.ANY);

        Assert.That(scene.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task ExpiredSignature_ToWhoDoesNotAskForDnssec_DoesNotMatter()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        scene.Upstream = query => Signed(query, -3600, -1);
        await scene.AskAsync();
        await scene.AskAsync();

        Assert.That(scene.Asked, Is.EqualTo(1));
    }

    [Test]
    public async Task LiveReply_IsClampedAndNotKept()
    {
        await using var scene = await CacheScene.StartAsync("cache 30");
        scene.Upstream = query =>
        {
            query.IsLive = true;
            return Upstreams.Address(query, 300);
        };

        Assert.That((await scene.TimeToLiveAsync(), await scene.TimeToLiveAsync(), scene.Asked), Is.EqualTo((30u, 30u, 2)));
    }

    [Test]
    public async Task Reply_InALiveZone_IsClampedAndNotKeptWhoeverWroteIt()
    {
        await using var scene = await CacheScene.StartAsync("cache 30", "live.example.org.");

        Assert.That(
            (await scene.TimeToLiveAsync("a.live.example.org."), await scene.TimeToLiveAsync("a.live.example.org."), scene.Asked),
            Is.EqualTo((30u, 30u, 2)));
        await scene.AskAsync("alive.example.org.");
        await scene.AskAsync("alive.example.org.");
        Assert.That(scene.Asked, Is.EqualTo(3));
    }

    private static Query Ask() => QueryFactory.Ask("a.example.org.", RecordType.A, udpSize: 1232, dnssecOk: true);

    private static TestCaseData Case(string name, bool isKept, Func<Query, ServeResult> upstream) =>
        new TestCaseData(isKept, upstream).SetArgDisplayNames(name, isKept ? "kept" : "not kept");

    private static ServeResult Signed(Query query, int inception, int expiration)
    {
        Upstreams.Address(query, 300);
        var data = new byte[40];
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(8), (uint)(Now.ToUnixTimeSeconds() + expiration));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(12), (uint)(Now.ToUnixTimeSeconds() + inception));
        query.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.RRSIG, RecordClass.IN, 300, data);
        return ServeResult.Answered;
    }
}
