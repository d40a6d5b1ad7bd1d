using ClusterDns.Transport;
using ClusterDns.Transport.Tcp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>Clients that take their time: each wait has its end, and it is an orderly one.</summary>
internal sealed class TcpTimeoutTests : TcpListenerFixture
{
    [Test]
    public async Task Connection_IdleAfterAQuery_IsClosed()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { IdleTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint);

        client.Ask("?"u8);
        client.ExpectEnd();

        await ExpectTimedOut(listener);
    }

    [Test]
    public async Task Connection_OpenWhenOptionsChange_GoesByTheNewOnes()
    {
        await using var listener = Start(DelegateHandler.Echo);
        using var idle = new TcpTestClient(listener.Endpoint);
        idle.Ask("?"u8);
        listener.Use(Options with { IdleTimeout = Short, MaxQueries = 2 });
        idle.ExpectEnd();
        await ExpectTimedOut(listener);

        listener.Use(Options with { MaxQueries = 2 });
        using var busy = new TcpTestClient(listener.Endpoint);
        busy.Ask("?"u8);
        busy.Ask("?"u8);
        busy.ExpectEnd();
    }

    [Test]
    public async Task Connection_WithoutAQuery_IsClosedAfterTheReadTimeout()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { ReadTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint);

        client.ExpectEnd();

        await ExpectTimedOut(listener);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(10)]
    public async Task Query_ThatDoesNotComeToAnEnd_ClosesTheConnection(int octets)
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { ReadTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint);
        client.Ask("a whole one first"u8);

        client.SendOctets(TcpTestClient.Frame("half of a message"u8).AsSpan(0, octets));
        client.ExpectEnd();

        await ExpectTimedOut(listener);
    }

    [Test]
    public async Task Query_InDribs_GetsNoMoreTimeForEachOctet()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { ReadTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint);
        using var stop = new CancellationTokenSource();
        client.SendOctets([0xFF, 0xFF]);

        var dribbling = DribbleAsync(client, stop.Token);
        await ExpectTimedOut(listener);

        await stop.CancelAsync();
        await dribbling;
    }

    [Test]
    public async Task Connection_WithAQueryInFlight_IsNotIdle()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            Options with { IdleTimeout = TimeSpan.FromMilliseconds(50), ReadTimeout = TimeSpan.FromMilliseconds(50) });
        using var client = new TcpTestClient(listener.Endpoint);

        client.Send("?"u8);
        var path = detached.Take();
        client.ExpectSilence();
        DelegateHandler.Answer("late"u8, path);

        Assert.That(client.Receive(), Is.EqualTo("late"u8.ToArray()));
        client.ExpectEnd();
    }

    [Test]
    public async Task Connection_WithAQueryThatIsNeverAnswered_IsClosedInTheEnd()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            Options with { AnswerTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint);

        client.Send("?"u8);
        client.ExpectEnd();

        await ExpectTimedOut(listener);
        Assert.That(() => DelegateHandler.Answer("too late"u8, detached.Take()), Throws.Nothing);
    }

    [Test]
    public async Task Client_ThatDoesNotCloseItsSide_IsNotWaitedForLong()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { MaxQueries = 1, LingerTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint);

        client.Ask("the only one"u8);
        client.ExpectEnd();

        await Eventually.IsTrue(() => listener.ReadCounters().Open == 0, "the connection is closed");
        Assert.That(listener.ReadCounters().TimedOut, Is.Zero, "that is how a connection ends");
    }

    private static async Task ExpectTimedOut(TcpQueryListener listener)
    {
        await Eventually.IsTrue(() => listener.ReadCounters().TimedOut == 1, "the connection has timed out");
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 0, "it is closed");
    }

    private static async Task DribbleAsync(TcpTestClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                client.SendOctets([1]);
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Closed, as it should be.
                return;
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }
}
