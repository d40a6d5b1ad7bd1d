using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport;
using ClusterDns.Transport.Tcp;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>The end of a listener.</summary>
internal sealed class TcpStopTests : TcpListenerFixture
{
    [Test]
    public async Task Stop_WithQueriesInFlight_LetsTheirAnswersOutAndTakesWhatStillComes()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(new DelegateHandler((_, path) => detached.Add(path.Detach())));
        using var client = new TcpTestClient(listener.Endpoint);
        client.Send("?"u8);
        client.Send("?"u8);
        var first = detached.Take();
        var second = detached.Take();

        var stopping = listener.StopAsync();
        client.Send("?"u8);
        var third = detached.Take();
        client.ExpectSilence();
        DelegateHandler.Answer("first"u8, first);
        DelegateHandler.Answer("second"u8, second);
        DelegateHandler.Answer("third"u8, third);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(), Is.EqualTo("first"u8.ToArray()));
            Assert.That(client.Receive(), Is.EqualTo("second"u8.ToArray()));
            Assert.That(client.Receive(), Is.EqualTo("third"u8.ToArray()));
        }

        client.ExpectEnd();
        client.Dispose();
        await stopping.WaitAsync(Eventually.Patience);
    }

    [Test]
    public async Task Stop_WithOneBusyConnection_EndsTheQuietOneMeanwhile()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            Options with { DrainTimeout = Long, StopTimeout = Long });
        using var busy = new TcpTestClient(listener.Endpoint);
        using var quiet = new TcpTestClient(listener.Endpoint);
        busy.Send("?"u8);
        var path = detached.Take();

        var stopping = listener.StopAsync();
        quiet.ExpectEnd();
        quiet.Dispose();
        DelegateHandler.Answer("!"u8, path);

        Assert.That(busy.Receive(), Is.EqualTo("!"u8.ToArray()));
        busy.ExpectEnd();
        busy.Dispose();
        await stopping.WaitAsync(Eventually.Patience);
    }

    [Test]
    public async Task Stop_WithoutTimeToDrain_AnswersWhatTheSystemHasTakenIn()
    {
        using var began = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        await using var listener = Start(
            new DelegateHandler((query, path) =>
            {
                began.Set();
                mayGoOn.Wait(Eventually.Patience);
                DelegateHandler.Answer(query, path);
            }),
            Options with { DrainTimeout = TimeSpan.Zero });
        using var client = new TcpTestClient(listener.Endpoint);
        client.Send("first"u8);
        began.Wait(Eventually.Patience);
        client.Send("second"u8);

        var stopping = listener.StopAsync();
        await Eventually.IsTrue(() => IsRefused(listener.Endpoint), "the listener is closed");
        mayGoOn.Set();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(), Is.EqualTo("first"u8.ToArray()));
            Assert.That(client.Receive(), Is.EqualTo("second"u8.ToArray()));
        }

        client.ExpectEnd();
        client.Dispose();
        await stopping.WaitAsync(Eventually.Patience);
    }

    [Test]
    public async Task Stop_WithAnotherAtTheSamePort_LosesNoConnection()
    {
        const int Rounds = 4;
        await using var first = Start(DelegateHandler.Echo);
        await first.StopAsync();
        var lasting = StartAt(first.Endpoint);
        await using (lasting)
        {
            var isOver = false;
            var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(ConnectAndAsk)).ToList();
            for (var round = 0; round < Rounds; round++)
            {
                await using var passing = StartAt(first.Endpoint);
                await Eventually.IsTrue(() => passing.ReadCounters().Answered > 50, "it serves its share");
                await passing.StopAsync().WaitAsync(Eventually.Patience);
            }

            Volatile.Write(ref isOver, true);
            Assert.That((await Task.WhenAll(clients)).Sum(), Is.GreaterThan(Rounds * 50));

            int ConnectAndAsk()
            {
                var asked = 0;
                while (!Volatile.Read(ref isOver))
                {
                    using var client = new TcpTestClient(first.Endpoint);
                    Assert.That(client.Ask("?"u8), Is.EqualTo("?"u8.ToArray()));
                    asked++;
                }

                return asked;
            }
        }
    }

    [Test]
    public async Task Stop_WithAQueryThatIsNeverAnswered_EndsInTime()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            Options with { StopTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint);
        client.Send("?"u8);
        var path = detached.Take();

        await listener.StopAsync().WaitAsync(Eventually.Patience);
        DelegateHandler.Answer("too late"u8, path);

        client.ExpectEnd();
        Assert.That(listener.ReadCounters().Open, Is.Zero);
    }

    [Test]
    public async Task Stop_WithIdleConnections_EndsThemInOrder()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { LingerTimeout = Short });
        using var silent = new TcpTestClient(listener.Endpoint);
        using var used = new TcpTestClient(listener.Endpoint);
        used.Ask("?"u8);

        await listener.StopAsync().WaitAsync(Eventually.Patience);

        silent.ExpectEnd();
        used.ExpectEnd();
    }

    [Test]
    public async Task Stop_WithAClientThatNeverReads_EndsInTime()
    {
        await using var listener = Start(
            new DelegateHandler((_, path) =>
            {
                path.GetBuffer(60_000);
                path.Send(60_000);
            }),
            Options with { StopTimeout = Short });
        using var slow = new TcpTestClient(listener.Endpoint, receiveBufferSize: 4096);
        slow.SendUntilStuck("?"u8, most: 100);

        await listener.StopAsync().WaitAsync(Eventually.Patience);

        Assert.That(listener.ReadCounters().Open, Is.Zero);
        Assert.That(listener.ReadCounters().BorrowedOctets, Is.Zero);
    }

    [Test]
    public async Task Stop_Listener_RefusesNewConnections()
    {
        await using var listener = Start(DelegateHandler.Echo);

        await listener.StopAsync().WaitAsync(Eventually.Patience);

        Assert.That(() => new TcpTestClient(listener.Endpoint), Throws.TypeOf<SocketException>());
    }

    [Test]
    public async Task Stop_Twice_IsOneStop()
    {
        await using var listener = Start(DelegateHandler.Echo);

        await Task.WhenAll(listener.StopAsync(), listener.StopAsync()).WaitAsync(Eventually.Patience);

        Assert.That(listener.StopAsync().IsCompletedSuccessfully, Is.True);
    }

    private static TcpQueryListener StartAt(IPEndPoint endpoint) =>
        TcpQueryListener.Start(endpoint, DelegateHandler.Echo, Options, TimeProvider.System, NullLogger.Instance);

    private static bool IsRefused(IPEndPoint endpoint)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(endpoint);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
