using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>Clients that want more than their share: each bound holds, and nobody else feels it.</summary>
internal sealed class TcpLimitTests : TcpListenerFixture
{
    [Test]
    public async Task Queries_BeyondThoseInFlight_AreReadWhenOneIsAnswered()
    {
        using var detached = new BlockingQueue<(byte[] Packet, ReplyPath Path)>();
        await using var listener = Start(
            new DelegateHandler((packet, path) => detached.Add((packet.ToArray(), path.Detach()))),
            Options with { MaxQueriesInFlight = 3 });
        using var client = new TcpTestClient(listener.Endpoint);
        for (byte i = 0; i < 6; i++)
        {
            client.Send([i]);
        }

        await Eventually.IsTrue(() => detached.Count == 3, "three are in flight");
        client.ExpectSilence();
        var whileFull = detached.Count;
        for (byte i = 0; i < 6; i++)
        {
            var (packet, path) = detached.Take();
            DelegateHandler.Answer(packet, path);
            Assert.That(client.Receive(), Is.EqualTo(new[] { i }));
        }

        Assert.That(whileFull, Is.EqualTo(3));
    }

    [Test]
    public async Task Queries_BeyondTheirNumber_AreNotReadAndTheAnswersArriveWhole()
    {
        await using var listener = Start(
            DelegateHandler.Echo,
            Options with { MaxQueries = 3, LingerTimeout = Long });
        using var client = new TcpTestClient(listener.Endpoint);

        // Those that are left unread must not turn the end into a reset, which could cost answers.
        client.SendOctets(Enumerable.Range(1, 10_000).SelectMany(i => TcpTestClient.Frame([(byte)i])).ToArray());

        for (byte i = 1; i <= 3; i++)
        {
            Assert.That(client.Receive(), Is.EqualTo(new[] { i }));
        }

        client.ExpectEnd();
        client.Dispose();
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 0, "the connection is closed");
        Assert.That(listener.ReadCounters().Received, Is.EqualTo(3));
    }

    [Test]
    public async Task Client_ThatNeverReads_IsCutOffWhenItsTimeIsOver()
    {
        await using var listener = Start(
            new DelegateHandler((_, path) => Large(path)),
            Options with { WriteTimeout = Short });
        using var slow = new TcpTestClient(listener.Endpoint, receiveBufferSize: 4096);
        using var good = new TcpTestClient(listener.Endpoint);

        slow.SendUntilStuck("?"u8, most: 200);
        good.Ask("?"u8);
        await Eventually.IsTrue(() => listener.ReadCounters().SlowReaders == 1, "the slow one is cut off");
        good.Ask("?"u8);

        slow.ExpectCutOff();
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 1, "it is closed");
        await ExpectNothingBorrowed(listener);
    }

    [Test]
    public async Task Client_ThatNeverReads_IsNotReadFromEither()
    {
        const int Queries = 1000;
        await using var listener = Start(new DelegateHandler((_, path) => Large(path)));
        using var slow = new TcpTestClient(listener.Endpoint, receiveBufferSize: 4096);

        slow.SendUntilStuck("?"u8, most: Queries);
        slow.ExpectAnswersWaiting();

        // What the systems take, what waits in the outbox before reading pauses, and one answer over it.
        var most = (Options.PauseReadingAt / LargeAnswer) + 1 + (2 * Options.SendBufferSize / LargeAnswer) + 4;
        Assert.That(listener.ReadCounters().Answered, Is.LessThanOrEqualTo(most));
        for (var i = 0; i < Queries; i++)
        {
            Assert.That(slow.Receive(), Has.Length.EqualTo(LargeAnswer));
        }
    }

    [Test]
    public async Task Client_ThatNeverReadsItsLateAnswers_IsCutOffWhenTooMuchPilesUp()
    {
        const int InFlight = 60;
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            Options with { MaxQueuedOctets = 128 * 1024 });
        using var slow = new TcpTestClient(listener.Endpoint, receiveBufferSize: 4096);
        for (var i = 0; i < InFlight; i++)
        {
            slow.Send("?"u8);
        }

        var waiting = Enumerable.Range(0, InFlight).Select(_ => detached.Take()).ToList();
        waiting.ForEach(Large);

        slow.ExpectCutOff();
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 0, "the connection is closed");
        Assert.That(listener.ReadCounters().SlowReaders, Is.EqualTo(1));
        await ExpectNothingBorrowed(listener);
    }

    [Test]
    public async Task Buffers_OfAllConnections_AreBounded()
    {
        await using var listener = Start(
            DelegateHandler.Echo,
            Options with { MaxBufferedOctets = 64 * 1024 });
        using var greedy = new TcpTestClient(listener.Endpoint);
        using var modest = new TcpTestClient(listener.Endpoint);
        modest.Ask("before"u8);

        greedy.Send(new byte[65_535]);

        greedy.ExpectCutOff();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(modest.Ask("after"u8), Is.EqualTo("after"u8.ToArray()));
            Assert.That(listener.ReadCounters().OverBudget, Is.EqualTo(1));
        }
    }

    private const int LargeAnswer = 60_000;

    private static void Large(ReplyPath path)
    {
        path.GetBuffer(LargeAnswer);
        path.Send(LargeAnswer);
    }
}
