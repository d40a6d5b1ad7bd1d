using System.Buffers.Binary;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>The end of a listener.</summary>
internal sealed class UdpStopTests(UdpMode mode) : UdpListenerFixture(mode)
{
    [Test]
    public void Stop_WithPacketsInTheQueue_AnswersThemFirst()
    {
        const int Packets = 200;
        using var began = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        using var listener = Start(
            new DelegateHandler((packet, path) =>
            {
                began.Set();
                mayGoOn.Wait(Eventually.Patience);
                DelegateHandler.Answer(packet, path);
            }),
            options: Options with { Workers = 1 });
        using var client = new UdpTestClient(listener.Endpoint);
        for (var i = 0; i < Packets; i++)
        {
            client.Send(Number(i));
        }

        Assert.That(began.Wait(Eventually.Patience), Is.True);
        var stopping = Task.Run(listener.Stop);
        mayGoOn.Set();

        var replies = Enumerable.Range(0, Packets).Select(_ => BinaryPrimitives.ReadInt32BigEndian(client.Receive()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(replies, Is.EqualTo(Enumerable.Range(0, Packets)));
            Assert.That(stopping.Wait(Eventually.Patience), Is.True);
        }
    }

    [Test]
    public async Task Stop_WithReplyToCome_WaitsForIt()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        using var listener = Start(new DelegateHandler((_, path) => detached.Add(path.Detach())));
        using var client = new UdpTestClient(listener.Endpoint);
        client.Send("?"u8);
        var path = detached.Take();

        var stopping = Task.Run(listener.Stop);
        await Task.WhenAny(stopping, Task.Delay(200));
        var waited = !stopping.IsCompleted;
        path.GetBuffer(1)[0] = 42;
        path.Send(1);
        await stopping.WaitAsync(Eventually.Patience);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waited, Is.True);
            Assert.That(client.Receive(), Is.EqualTo(new byte[] { 42 }));
        }
    }

    [Test]
    public async Task Stop_WithReplyThatNeverComes_EndsAndLaterItGoesNowhere()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            options: Options with { StopTimeout = TimeSpan.FromMilliseconds(100) });
        using var client = new UdpTestClient(listener.Endpoint);
        client.Send("?"u8);
        var path = detached.Take();

        await Task.Run(listener.Stop).WaitAsync(Eventually.Patience);
        path.GetBuffer(1);
        path.Send(1);

        client.ExpectSilence();
        Assert.That(listener.ReadCounters().Sent, Is.Zero);
    }

    [Test]
    public async Task Stop_WithHandlerThatHangs_EndsAndSaysSo()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        using var log = new LogCapture();
        var listener = Start(
            new DelegateHandler((_, _) =>
            {
                entered.Set();
                release.Wait(Eventually.Patience * 2);
            }),
            options: Options with { StopTimeout = TimeSpan.FromMilliseconds(50) },
            logger: log.CreateLogger("udp"));
        using var client = new UdpTestClient(listener.Endpoint);
        client.Send("?"u8);
        Assert.That(entered.Wait(Eventually.Patience), Is.True);

        await Task.Run(listener.Stop).WaitAsync(Eventually.Patience);
        var said = log.CountOf("1 workers had not ended");
        release.Set();
        await Task.Run(listener.Stop).WaitAsync(Eventually.Patience);

        Assert.That(said, Is.EqualTo(1));
    }

    [Test]
    public void Stop_Twice_IsHarmless()
    {
        using var listener = Start(DelegateHandler.Echo);

        listener.Stop();

        Assert.That(listener.Stop, Throws.Nothing);
    }

    [Test]
    public void Stop_Listener_FreesThePort()
    {
        var first = Start(DelegateHandler.Echo);
        first.Stop();

        using var second = Start(DelegateHandler.Echo, first.Endpoint, Options with { SharesPort = false });

        Assert.That(second.Endpoint, Is.EqualTo(first.Endpoint));
    }
}
