using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

internal sealed class UpstreamTcpTests : UpstreamFixture
{
    [Test]
    public async Task Exchange_OneAfterTheOther_SharesAConnection()
    {
        await using var client = Client();

        var first = await AskTcp(client);
        var second = await AskTcp(client);

        ExpectAddress(first);
        ExpectAddress(second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.IsReused, second.IsReused), Is.EqualTo((false, true)));
            Assert.That(Upstream.Received.Select(query => (query.Protocol, query.Connection)), Is.All.EqualTo((FakeProtocol.Tcp, 1)));
        }
    }

    [Test]
    public async Task Exchange_AnotherUnderWay_OpensAConnectionOfItsOwn()
    {
        Upstream.Script = query => query.Type == RecordType.AAAA ? [] : null;
        await using var client = Client();
        var slow = AskTcp(client, Packet(type: RecordType.AAAA));
        await Upstream.WaitForQueriesAsync(1);

        ExpectAddress(await AskTcp(client));

        Assert.That(Upstream.AcceptedConnections, Is.EqualTo(2));
        Clock.Advance(Timeout);
        await slow;
    }

    [Test]
    public async Task Exchange_RepliesInReverseOrder_EachGetsItsOwn()
    {
        const int Count = 100;
        TaskCompletionSource[] answered = [.. Enumerable.Range(0, Count + 1).Select(_ => new TaskCompletionSource())];
        answered[Count].SetResult();
        var arrived = 0;
        Upstream.Script = AfterTheNext;
        await using var client = Client(OneConnection);

        var replies = await Task.WhenAll(NumberedNames(Count).Select(name => AskTcp(client, Packet(name))));

        Assert.That(replies.Select(reply => reply.Addresses.Single()), Is.EqualTo(NumberedNames(Count).Select(AddressOf)));
        Assert.That(Upstream.AcceptedConnections, Is.EqualTo(1));

        IEnumerable<FakeAction> AfterTheNext(FakeQuery query)
        {
            var number = Interlocked.Increment(ref arrived) - 1;
            yield return new FakeAction.WaitFor(answered[number + 1].Task);
            yield return new FakeAction.Send(Numbered(query));
            answered[number].SetResult();
        }
    }

    [Test]
    public async Task Exchange_TwoRepliesInOneSegment_GivesBoth()
    {
        FakeQuery? first = null;
        Upstream.Script = query => Interlocked.CompareExchange(ref first, query, null) is null
            ? []
            : [new FakeAction.SendRaw([.. Frame(Numbered(query)), .. Frame(Numbered(first))])];
        await using var client = Client(OneConnection);

        var replies = await Task.WhenAll(NumberedNames(2).Select(name => AskTcp(client, Packet(name))));

        Assert.That(replies.Select(reply => reply.Addresses.Single()), Is.EqualTo(NumberedNames(2).Select(AddressOf)));
    }

    [Test]
    public async Task Exchange_OneOctetAtATime_IsAnswered()
    {
        Upstream.Script = query => Frame(query.FromTable()).Select(octet => new FakeAction.SendRaw([octet]));
        await using var client = Client();

        ExpectAddress(await AskTcp(client));
    }

    [Test]
    public async Task Exchange_LargestReply_ComesWhole()
    {
        Upstream.Script = query => [new FakeAction.Send(query.Answer().Enlarged(MessageHeader.MaxMessageSize))];
        await using var client = Client();

        Assert.That((await AskTcp(client)).Message, Has.Length.EqualTo(MessageHeader.MaxMessageSize));
    }

    [Test]
    public void Exchange_StreamCutAnywhere_GivesTheSameReplies() =>
        Gen.Select(Gen.Int[1, 400].Array[1, 12], Gen.Int[1, 6]).SampleAsync(
            async (pieces, count) =>
            {
                await using var upstream = new FakeUpstream { Script = null };
                var waiting = new List<FakeQuery>();
                upstream.Script = query =>
                {
                    lock (waiting)
                    {
                        waiting.Add(query);
                        return waiting.Count < count ? [] : Cut([.. waiting.SelectMany(one => Frame(Numbered(one)))], pieces);
                    }
                };
                await using var client = new UpstreamClient(new UpstreamTarget(upstream.Endpoint), OneConnection, Clock);

                var replies = await Task.WhenAll(NumberedNames(count).Select(name => AskTcp(client, Packet(name))));

                return replies.Select(reply => reply.Addresses.Single()).SequenceEqual(NumberedNames(count).Select(AddressOf));
            },
            iter: 60).GetAwaiter().GetResult();

    [TestCase(+3)]
    [TestCase(-3)]
    public async Task Exchange_LengthThatLies_CostsOthersTheirTimeAtMostAndTheConnection(int by)
    {
        Upstream.Script = query => query.Name.StartsWith("0.", StringComparison.Ordinal) ? [new FakeAction.SendRaw(Lie(Numbered(query), by))] : null;
        await using var client = Client(OneConnection);

        Task<Ended>[] asking = [.. NumberedNames(2).Select(name => AskTcp(client, Packet(name)))];
        await Upstream.WaitForQueriesAsync(2);
        await Eventually.IsTrue(() => Advanced(asking), "both are over");
        var fresh = await AskTcp(client, Packet("1.example.org."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asking[0].Result.Outcome, Is.EqualTo(UpstreamOutcome.TimedOut).Or.EqualTo(UpstreamOutcome.Answered));
            Assert.That(fresh.Outcome, Is.EqualTo(UpstreamOutcome.Answered));
            Assert.That(fresh.IsReused, Is.False);
        }

        bool Advanced(Task[] tasks)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            return Array.TrueForAll(tasks, task => task.IsCompleted);
        }
    }

    [Test]
    public async Task Exchange_WrongRepliesBeforeTheGoodOne_AreCountedAndWaitedPast()
    {
        Upstream.Script = query =>
        [
            new FakeAction.Send(query.Answer($"{Name} 30 A 203.0.113.66").OtherId()),
            new FakeAction.Send(query.Answer($"{Name} 30 A 203.0.113.66").OtherName()),
            new FakeAction.Send(query.Answer($"{Name} 30 A 203.0.113.66").CutBy(1)),
            new FakeAction.Send([]),
            new FakeAction.Send(query.FromTable()),
        ];
        await using var client = Client();

        ExpectAddress(await AskTcp(client));

        var counters = client.ReadCounters();
        Assert.That((counters.Unasked, counters.Mismatched, counters.Malformed), Is.EqualTo((1, 1, 2)));
    }

    [Test]
    public async Task Exchange_ReplyDoesNotCome_NamesBothEnds()
    {
        Upstream.Script = _ => [];
        await using var client = Client();

        var asking = AskTcp(client);
        await TimeOutAfter(1);

        Assert.That((await asking).Error, Is.EqualTo($"read tcp {Upstream.Received[0].Client}->{Upstream.Endpoint}: i/o timeout"));
    }

    [Test]
    public async Task Exchange_NobodyListens_IsUnreachable()
    {
        await using var client = Client();
        await Upstream.StopAsync();

        var reply = await AskTcp(client);

        Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.Unreachable));
        Assert.That(reply.Error, Is.EqualTo($"dial tcp {Upstream.Endpoint}: connect: connection refused"));
        Upstream.Start();
        ExpectAddress(await AskTcp(client));
    }

    [Test]
    public async Task Exchange_ConnectingTakesTooLong_TimesOut()
    {
        using var deaf = new DeafListener();
        await using var client = new UpstreamClient(new UpstreamTarget(deaf.Endpoint), new UpstreamOptions(), Clock);

        var asking = AskTcp(client);
        Clock.Advance(Timeout);

        Assert.That((await asking).Outcome, Is.EqualTo(UpstreamOutcome.TimedOut));
        Assert.That((await asking).Error, Is.EqualTo($"dial tcp {deaf.Endpoint}: i/o timeout"));
        await Eventually.IsTrue(() => client.ReadCounters().OpenConnections == 0, "the attempt is given up with its only query");
    }

    [Test]
    public async Task Exchange_MoreTimeThanAnAttemptMayTake_EndsWithTheAttempt()
    {
        using var deaf = new DeafListener();
        await using var client = new UpstreamClient(new UpstreamTarget(deaf.Endpoint), new UpstreamOptions(), Clock);

        var asking = client.ExchangeAsync(Packet(), ClusterDns.Transport.TransportProtocol.Tcp, TimeSpan.FromMinutes(10), default).AsTask();
        Clock.Advance(UpstreamOptions.LongestDialTimeout);

        using var reply = await asking.WaitAsync(Eventually.Patience);
        Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.TimedOut));
        Assert.That(reply.Error, Is.EqualTo($"dial tcp {deaf.Endpoint}: i/o timeout"));
    }

    [Test]
    public async Task Exchange_MoreInFlightThanAllowed_IsBusy()
    {
        Upstream.Script = _ => [];
        await using var client = Client(new UpstreamOptions { MaxConnections = 2, MaxQueriesPerConnection = 2 });

        Task<Ended>[] asking = [.. Enumerable.Range(0, 4).Select(_ => AskTcp(client))];
        var refused = await AskTcp(client);
        await TimeOutAfter(4);
        await Task.WhenAll(asking);

        Assert.That(refused.Outcome, Is.EqualTo(UpstreamOutcome.Busy));
        Assert.That(refused.Error, Is.EqualTo($"dial tcp {Upstream.Endpoint}: too many queries in flight"));
    }

    [Test]
    public async Task Exchange_MoreOctetsThanMayWait_IsBusy()
    {
        using var deaf = new DeafListener();
        await using var client = new UpstreamClient(
            new UpstreamTarget(deaf.Endpoint), new UpstreamOptions { MaxConnections = 1, MaxQueuedOctets = 100 }, Clock);

        Task<Ended>[] asking = [AskTcp(client), AskTcp(client)];
        var refused = await AskTcp(client);
        Clock.Advance(Timeout);

        Assert.That(refused.Outcome, Is.EqualTo(UpstreamOutcome.Busy));
        Assert.That(refused.Error, Is.EqualTo($"dial tcp {deaf.Endpoint}: too many queries wait to be sent"));
        Assert.That((await Task.WhenAll(asking)).Select(reply => reply.Outcome), Is.All.EqualTo(UpstreamOutcome.TimedOut));
    }

    [Test]
    public async Task Exchange_Cancelled_EndsAtOnceAndTheConnectionGoesOn()
    {
        Upstream.Script = query => query.Type == RecordType.AAAA ? [] : null;
        await using var client = Client(OneConnection);
        using var cancellation = new CancellationTokenSource();
        var asking = AskTcp(client, Packet(type: RecordType.AAAA), cancellation.Token);
        await Upstream.WaitForQueriesAsync(1);

        await cancellation.CancelAsync();

        Assert.That((await asking).Outcome, Is.EqualTo(UpstreamOutcome.Cancelled));
        ExpectAddress(await AskTcp(client));
        Assert.That(Upstream.AcceptedConnections, Is.EqualTo(1));
    }

    [Test]
    public async Task Dispose_QueriesInFlight_CompletesThemAndClosesTheConnections()
    {
        Upstream.Script = query => query.Type == RecordType.AAAA ? [] : null;
        var client = Client();
        ExpectAddress(await AskTcp(client));
        Task<Ended>[] asking = [.. Enumerable.Range(0, 5).Select(_ => AskTcp(client, Packet(type: RecordType.AAAA)))];
        await Upstream.WaitForQueriesAsync(6);

        await client.DisposeAsync();

        Assert.That((await Task.WhenAll(asking)).Select(reply => reply.Outcome), Is.All.EqualTo(UpstreamOutcome.Cancelled));
        Assert.That(client.ReadCounters().OpenConnections, Is.Zero);
        await Eventually.IsTrue(() => Upstream.OpenConnections == 0, "the server sees them end");
    }

    private static byte[] Numbered(FakeQuery query) => query.Answer($"{query.Name} 30 A {AddressOf(query.Name)}");

    private static byte[] Lie(byte[] message, int by)
    {
        var framed = Frame(message);
        framed[1] = (byte)(framed[1] + by);
        return framed;
    }

    /// <summary>Pieces of these sizes, the last one repeated.</summary>
    private static IEnumerable<FakeAction> Cut(byte[] stream, int[] pieces)
    {
        for (var (i, at) = (0, 0); at < stream.Length; i++)
        {
            var size = Math.Min(pieces[Math.Min(i, pieces.Length - 1)], stream.Length - at);
            yield return new FakeAction.SendRaw(stream[at..(at + size)]);
            at += size;
        }
    }

    /// <summary>A port that takes no more connections: the system leaves new ones unanswered.</summary>
    private sealed class DeafListener : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _filling = [];

        public DeafListener()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            for (var isFull = false; !isFull;)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _filling.Add(socket);
                try
                {
                    socket.Connect(Endpoint);
                }
                catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    isFull = !socket.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectWrite);
                }
            }
        }

        public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

        public void Dispose()
        {
            _filling.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
