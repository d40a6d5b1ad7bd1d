using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>Replies that must not be taken for the one that was asked for.</summary>
internal sealed class UpstreamForgeryTests : UpstreamFixture
{
    [Test]
    public async Task Exchange_FiftyForgedRepliesBeforeTheGoodOne_WaitsForTheGoodOne()
    {
        Upstream.Script = query =>
        [
            .. Enumerable.Range(1, 50).Select(by => new FakeAction.Send(query.Answer($"{Name} 30 A 203.0.113.66").OtherId(by * 977))),
            new FakeAction.Send(query.FromTable()),
        ];
        await using var client = Client();

        ExpectAddress(await AskUdp(client));

        Assert.That(client.ReadCounters().Unasked, Is.EqualTo(50));
    }

    [TestCaseSource(nameof(WrongReplies))]
    public async Task Exchange_ReplyThatAnswersSomethingElse_IsCountedAndWaitedPast(Func<byte[], byte[]> damage, bool isMalformed)
    {
        Upstream.Script = query =>
            [new FakeAction.Send(damage(query.Answer($"{Name} 30 A 203.0.113.66"))), new FakeAction.Send(query.FromTable())];
        await using var client = Client();

        ExpectAddress(await AskUdp(client, Packet(udpSize: 1232)));

        var counters = client.ReadCounters();
        Assert.That((counters.Mismatched, counters.Malformed), Is.EqualTo(isMalformed ? (0, 1) : (1, 0)));
    }

    [TestCase(ResponseCode.FormatError)]
    [TestCase(ResponseCode.NotImplemented)]
    public async Task Exchange_HeaderThatSaysTheQueryMadeNoSense_EndsIt(ResponseCode code)
    {
        Upstream.Script = query => [new FakeAction.Send(query.Fail(code).WithoutQuestion())];
        await using var client = Client();

        var overUdp = await AskUdp(client);
        var overTcp = await AskTcp(client);

        Assert.That(overUdp.Fields.Code, Is.EqualTo(code));
        Assert.That(overTcp.Fields.Code, Is.EqualTo(code));
    }

    [TestCase(ResponseCode.NoError)]
    [TestCase(ResponseCode.NameError)]
    [TestCase(ResponseCode.ServerFailure)]
    [TestCase(ResponseCode.Refused)]
    public async Task Exchange_HeaderThatSaysAnythingElse_IsWaitedPast(ResponseCode code)
    {
        Upstream.Script = query => [new FakeAction.Send(query.Fail(code).WithoutQuestion()), new FakeAction.Send(query.FromTable())];
        await using var client = Client();

        ExpectAddress(await AskUdp(client));

        Assert.That(client.ReadCounters().Mismatched, Is.EqualTo(1));
    }

    [Test]
    public async Task Exchange_ReplyCutShortAnywhere_IsWaitedPast()
    {
        var cuts = 0;
        Upstream.Script = query =>
        {
            var reply = query.FromTable();
            cuts = reply.Length;
            return [.. Enumerable.Range(1, reply.Length).Select(by => new FakeAction.Send(reply.CutBy(by))), new FakeAction.Send(reply)];
        };
        await using var client = Client();

        ExpectAddress(await AskUdp(client));

        Assert.That(client.ReadCounters().Malformed, Is.EqualTo(cuts).And.Positive);
    }

    [Test]
    public async Task Exchange_QuestionRepeatedInOtherLetterCase_IsAnswered()
    {
        Upstream.Script = query => [new FakeAction.Send(query.FromTable().Shouting())];
        await using var client = Client();

        ExpectAddress(await AskUdp(client));
    }

    [Test]
    public async Task Exchange_ReplyAfterTheTimeout_IsCountedAndGivenToNobody()
    {
        var signal = new TaskCompletionSource();
        Upstream.Script = query => query.Type == RecordType.A
            ? [new FakeAction.WaitFor(signal.Task), new FakeAction.Send(query.FromTable())]
            : [];
        await using var client = Client(new UpstreamOptions { UdpPorts = 1 });
        var late = AskUdp(client);
        await TimeOutAfter(1);
        await late;

        var next = AskUdp(client, Packet(type: RecordType.AAAA));
        await Upstream.WaitForQueriesAsync(2);
        signal.SetResult();

        await Eventually.IsTrue(() => client.ReadCounters().Unasked == 1, "the late reply is counted");
        Assert.That(next.IsCompleted, Is.False);
        Clock.Advance(Timeout);
        await next;
    }

    [Test]
    public async Task Exchange_ForgedFromAnotherAddress_NeverArrives()
    {
        var signal = new TaskCompletionSource();
        Upstream.Script = query => [new FakeAction.WaitFor(signal.Task), new FakeAction.Send(query.FromTable())];
        await using var client = Client();
        var asking = AskUdp(client);
        var query = (await Upstream.WaitForQueriesAsync(1))[0];

        // Everything is right but the port it comes from.
        using var forger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        forger.SendTo(query.Answer($"{Name} 30 A 203.0.113.66"), query.Client);
        signal.SetResult();

        ExpectAddress(await asking);
        var counters = client.ReadCounters();
        Assert.That(counters.Unasked + counters.Mismatched + counters.Malformed, Is.Zero);
    }

    /// <summary>
    /// Every other id with the right question, and the right id with other questions, from the server's own address and
    /// port: what an attacker sends who has guessed the port. Paced, so that the system drops none of them.
    /// </summary>
    [Test]
    public async Task Exchange_AHundredThousandForgedRepliesFromTheServersOwnAddress_NeverWins()
    {
        const int Forged = 100_000;
        const int Burst = 100;
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var client = new UpstreamClient(
            new UpstreamTarget((IPEndPoint)server.LocalEndPoint!), new UpstreamOptions(), Clock);
        var asking = AskUdp(client);
        var query = await ReceiveAsync(server);

        var forged = query.Answer($"{Name} 30 A 203.0.113.66");
        byte[][] otherQuestions = [forged.OtherName(), forged.OtherType(), forged.OtherClass(), forged.WithoutQuestion()];
        for (var i = 0; i < Forged; i++)
        {
            server.SendTo(i < ushort.MaxValue ? forged.OtherId(i + 1) : otherQuestions[i % otherQuestions.Length], query.Client);
            if (i % Burst == 0)
            {
                ExpectSeen(client, i);
            }
        }

        ExpectSeen(client, Forged);
        var wasAnswered = asking.IsCompleted;
        server.SendTo(query.Answer(Record), query.Client);

        ExpectAddress(await asking);
        var counters = client.ReadCounters();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(wasAnswered, Is.False);
            Assert.That((counters.Unasked, counters.Mismatched), Is.EqualTo((ushort.MaxValue, Forged - ushort.MaxValue)));
        }
    }

    [Test]
    public async Task Exchange_ManyForgedRepliesFromElsewhere_NeverArrive()
    {
        var signal = new TaskCompletionSource();
        Upstream.Script = query => [new FakeAction.WaitFor(signal.Task), new FakeAction.Send(query.FromTable())];
        await using var client = Client();
        var asking = AskUdp(client);
        var query = (await Upstream.WaitForQueriesAsync(1))[0];

        // Id, question and our port are right; its own port, or its address, is not.
        var forged = query.Answer($"{Name} 30 A 203.0.113.66");
        foreach (var address in new[] { "127.0.0.1", "127.0.0.2" })
        {
            using var forger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            forger.Bind(new IPEndPoint(IPAddress.Parse(address), address == "127.0.0.2" ? Upstream.Endpoint.Port : 0));
            for (var i = 0; i < 10_000; i++)
            {
                forger.SendTo(forged, query.Client);
            }
        }

        signal.SetResult();

        ExpectAddress(await asking);
        var counters = client.ReadCounters();
        Assert.That(counters.Unasked + counters.Mismatched + counters.Malformed, Is.Zero);
    }

    private static async Task<FakeQuery> ReceiveAsync(Socket server)
    {
        var buffer = new byte[512];
        var received = await server.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0))
            .WaitAsync(Eventually.Patience);
        return new FakeQuery(buffer[..received.ReceivedBytes], FakeProtocol.Udp, (IPEndPoint)received.RemoteEndPoint, Connection: 0);
    }

    private static void ExpectSeen(UpstreamClient client, int forged) => Assert.That(
        SpinWait.SpinUntil(
            () => client.ReadCounters() is var seen && seen.Unasked + seen.Mismatched >= forged, Eventually.Patience),
        Is.True,
        $"{forged} are seen");

    private static IEnumerable<TestCaseData> WrongReplies()
    {
        yield return Wrong("another name", FakeDamage.OtherName, false);
        yield return Wrong("another type", FakeDamage.OtherType, false);
        yield return Wrong("another class", FakeDamage.OtherClass, false);
        yield return Wrong("no question", FakeDamage.WithoutQuestion, false);
        yield return Wrong("a query", FakeDamage.AsQuery, true);
        yield return Wrong("a notification", FakeDamage.AsNotify, true);
        yield return Wrong("nothing", _ => [], true);
        yield return Wrong("garbage", reply => [.. reply[..2], .. Enumerable.Repeat((byte)0xFF, 60)], true);

        static TestCaseData Wrong(string name, Func<byte[], byte[]> damage, bool isMalformed) =>
            new TestCaseData(damage, isMalformed).SetArgDisplayNames(name);
    }
}
