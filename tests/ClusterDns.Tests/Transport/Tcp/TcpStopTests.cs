using System.Net.Sockets;
using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>The end of a listener.</summary>
internal sealed class TcpStopTests : TcpListenerFixture
{
    [Test]
    public async Task Stop_WithQueriesInFlight_LetsTheirAnswersOut()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(new DelegateHandler((_, path) => detached.Add(path.Detach())));
        using var client = new TcpTestClient(listener.Endpoint);
        client.Send("?"u8);
        client.Send("?"u8);
        var first = detached.Take();
        var second = detached.Take();

        var stopping = listener.StopAsync();
        client.Send("not taken any more"u8);
        client.ExpectSilence();
        DelegateHandler.Answer("first"u8, first);
        DelegateHandler.Answer("second"u8, second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(), Is.EqualTo("first"u8.ToArray()));
            Assert.That(client.Receive(), Is.EqualTo("second"u8.ToArray()));
        }

        client.ExpectEnd();
        client.Dispose();
        await stopping.WaitAsync(Eventually.Patience);
        Assert.That(detached.Count, Is.Zero);
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
}
