using ClusterDns.Transport;
using ClusterDns.Transport.Tcp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>Answers of many messages: sent as the client takes them, and never more than that.</summary>
internal sealed class TcpPartsTests : TcpListenerFixture
{
    private const int PartSize = 16 * 1024;

    [Test]
    public async Task Parts_OfOneAnswer_ArriveInOrderAndCountAsOne()
    {
        const int parts = 200;
        await using var listener = Start(new DelegateHandler((query, path) => _ = StreamAsync(path.Detach(), parts)));
        using var client = new TcpTestClient(listener.Endpoint);

        client.Send("?"u8);
        for (var i = 0; i <= parts; i++)
        {
            Assert.That(client.Receive()[0], Is.EqualTo((byte)i), $"message {i}");
        }

        Assert.That(listener.ReadCounters().Answered, Is.EqualTo(1));
        await ExpectNothingBorrowed(listener);
    }

    [Test]
    public async Task Client_ThatDoesNotRead_HoldsThePartsUpAndIsCutOff()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())), Options with { WriteTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint, receiveBufferSize: 4096);
        client.Send("?"u8);

        var sent = StreamAsync(detached.Take(), parts: int.MaxValue);
        var mostBorrowed = 0L;
        await Eventually.IsTrue(
            () =>
            {
                mostBorrowed = Math.Max(mostBorrowed, listener.ReadCounters().BorrowedOctets);
                return sent.IsCompleted;
            },
            "the stream was told that nobody reads");

        Assert.That(await sent, Is.False);
        client.ExpectCutOff();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.ReadCounters().SlowReaders, Is.EqualTo(1));
            Assert.That(mostBorrowed, Is.LessThanOrEqualTo(TcpOptions.DefaultMaxQueuedOctets));
        }

        await ExpectNothingBorrowed(listener);
    }

    [Test]
    public async Task Client_ThatGoesInTheMiddle_EndsTheParts()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(new DelegateHandler((_, path) => detached.Add(path.Detach())));
        using var client = new TcpTestClient(listener.Endpoint);
        client.Send("?"u8);

        var sent = StreamAsync(detached.Take(), parts: int.MaxValue);
        client.Receive();
        client.Reset();

        Assert.That(await sent.WaitAsync(Eventually.Patience), Is.False);
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 0, "the connection is closed");
        await ExpectNothingBorrowed(listener);
    }

    [Test]
    public async Task Queries_BehindAnAnswerOfManyParts_AreAnsweredMeanwhile()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(new DelegateHandler((query, path) =>
        {
            if (query is [(byte)'?'])
            {
                detached.Add(path.Detach());
            }
            else
            {
                DelegateHandler.Answer(query, path);
            }
        }));
        using var client = new TcpTestClient(listener.Endpoint);
        client.Send("?"u8);
        using var stop = new CancellationTokenSource();
        var sent = StreamAsync(detached.Take(), parts: int.MaxValue, stop.Token);

        client.Send("another"u8);
        var message = client.Receive();
        for (var i = 0; message.Length == PartSize && i < 10_000; i++)
        {
            message = client.Receive();
        }

        Assert.That(message, Is.EqualTo("another"u8.ToArray()));
        await stop.CancelAsync();
        Assert.That(await sent.WaitAsync(Eventually.Patience), Is.False, "the stream has not ended by itself");
    }

    [Test]
    public async Task Path_CutInTheMiddle_EndsTheConnection()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(new DelegateHandler((_, path) => detached.Add(path.Detach())));
        using var client = new TcpTestClient(listener.Endpoint);
        client.Send("?"u8);

        var path = detached.Take();
        "!"u8.CopyTo(path.GetBuffer(1));
        Assert.That(await path.SendPartAsync(1, CancellationToken.None), Is.True);
        Assert.That(client.Receive(), Is.EqualTo("!"u8.ToArray()));
        path.Cut();

        client.ExpectEnd();
        Assert.That(await path.SendPartAsync(0, CancellationToken.None), Is.False, "the path has ended");
    }

    [Test]
    public async Task Stop_WithPartsUnderWay_EndsThemWithinItsTime()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            Options with { StopTimeout = Short, DrainTimeout = Short });
        using var client = new TcpTestClient(listener.Endpoint, receiveBufferSize: 4096);
        client.Send("?"u8);
        var sent = StreamAsync(detached.Take(), parts: int.MaxValue);

        await listener.StopAsync().WaitAsync(Eventually.Patience);

        Assert.That(await sent.WaitAsync(Eventually.Patience), Is.False);
    }

    /// <summary>Sends numbered messages and a last one; false when the client did not take all of them.</summary>
    private static async Task<bool> StreamAsync(ReplyPath path, int parts, CancellationToken cancellation = default)
    {
        for (var i = 0; i < parts; i++)
        {
            path.GetBuffer(PartSize)[0] = (byte)i;
            if (!await path.SendPartAsync(PartSize, cancellation))
            {
                path.Cut();
                return false;
            }
        }

        path.GetBuffer(PartSize)[0] = (byte)parts;
        path.Send(PartSize);
        return true;
    }
}
