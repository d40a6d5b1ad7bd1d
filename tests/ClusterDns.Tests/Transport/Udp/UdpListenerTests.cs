using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>What every listener does, whichever way it asks the system for packets.</summary>
[TestFixture(UdpMode.Automatic)]
[TestFixture(UdpMode.Managed)]
internal sealed class UdpListenerTests(UdpMode mode)
{
    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    private readonly UdpOptions _options = new()
    {
        Mode = mode,
        Workers = 2,
        StopCheckInterval = TimeSpan.FromMilliseconds(20),
    };

    [Test]
    public void Start_AtPortZero_TellsThePort()
    {
        using var listener = Start(DelegateHandler.Echo);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.Endpoint.Port, Is.Not.Zero);
            Assert.That(listener.Endpoint.Address, Is.EqualTo(IPAddress.Loopback));
            Assert.That(listener.WorkerCount, Is.EqualTo(2));
        }
    }

    [Test]
    public void Start_AtAddressOfSomebodyElse_Throws() =>
        Assert.That(
            () => Start(DelegateHandler.Echo, new IPEndPoint(IPAddress.Parse("203.0.113.1"), 0)),
            Throws.TypeOf<SocketException>());

    [Test]
    public void Start_WithMoreWorkersThanThereMayBe_Throws() =>
        Assert.That(
            () => Start(DelegateHandler.Echo, options: _options with { Workers = UdpOptions.MostWorkers + 1 }),
            Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.9")]
    [TestCase("::1")]
    public void Reply_ToOneAddress_LeavesFromIt(string address)
    {
        using var listener = Start(new DelegateHandler(AnswerAddresses), new IPEndPoint(IPAddress.Parse(address), 0));
        using var client = new UdpTestClient(listener.Endpoint);

        var reply = Encoding.ASCII.GetString(client.Ask("who?"u8));

        Assert.That(reply, Is.EqualTo($"Udp {client.Endpoint} asked {listener.Endpoint}"));
    }

    [Test]
    public void Packets_OfManyClients_AreAllAnswered()
    {
        const int Clients = 50;
        const int Rounds = 100;
        const int Window = 8;
        using var listener = Start(DelegateHandler.Echo);
        var clients = Enumerable.Range(0, Clients).Select(_ => new UdpTestClient(listener.Endpoint)).ToList();

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var client in clients)
            {
                for (var i = 0; i < Window; i++)
                {
                    client.Send(Number((round * Window) + i));
                }
            }

            foreach (var client in clients)
            {
                var replies = Enumerable.Range(0, Window).Select(_ => BinaryPrimitives.ReadInt32BigEndian(client.Receive()));
                Assert.That(replies, Is.EquivalentTo(Enumerable.Range(round * Window, Window)));
            }
        }

        clients.ForEach(client => client.Dispose());
        listener.Stop();
        var counters = listener.ReadCounters();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counters.Received, Is.EqualTo(Clients * Rounds * Window));
            Assert.That(counters.Sent, Is.EqualTo(counters.Received));
            Assert.That(counters.SendFailures, Is.Zero);
        }
    }

    [Test]
    public void Packets_OfManyClients_ReachEveryWorker()
    {
        var workers = new HashSet<int>();
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            lock (workers)
            {
                workers.Add(path.Worker);
            }

            DelegateHandler.Answer(packet, path);
        }));

        // The kernel picks the socket by the client's port: with 64 of them, both are met.
        for (var i = 0; i < 64; i++)
        {
            using var client = new UdpTestClient(listener.Endpoint);
            client.Ask(Number(i));
        }

        Assert.That(workers, Is.EquivalentTo([0, 1]));
    }

    [Test]
    public void Packet_OfTheLargestSize_IsTakenAndOneOctetMoreIsDropped()
    {
        using var listener = Start(DelegateHandler.Echo);
        using var client = new UdpTestClient(listener.Endpoint);
        var largest = new byte[_options.MaxQuerySize];
        Random.Shared.NextBytes(largest);

        client.Send(new byte[_options.MaxQuerySize + 1]);
        client.Send(new byte[20_000]);
        var reply = client.Ask(largest);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply, Is.EqualTo(largest));
            Assert.That(listener.ReadCounters().Cut, Is.EqualTo(2));
            Assert.That(listener.ReadCounters().Received, Is.EqualTo(1));
        }
    }

    [Test]
    public void Packet_WithoutOctets_IsHandedOn()
    {
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            path.GetBuffer(1)[0] = (byte)packet.Length;
            path.Send(1);
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        Assert.That(client.Ask([]), Is.EqualTo(new byte[] { 0 }));
    }

    [Test]
    public void Handler_ThatThrowsEveryTime_CostsOnlyItsOwnPackets()
    {
        using var log = new LogCapture();
        using var listener = Start(
            new DelegateHandler((packet, path) =>
            {
                if (packet[0] == 'x')
                {
                    throw new InvalidOperationException("a fault above");
                }

                DelegateHandler.Answer(packet, path);
            }),
            logger: log.CreateLogger("udp"));
        using var client = new UdpTestClient(listener.Endpoint);

        for (var i = 0; i < 20; i++)
        {
            client.Send("x"u8);
            Assert.That(client.Ask("good"u8), Is.EqualTo("good"u8.ToArray()));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.ReadCounters().HandlerFailures, Is.EqualTo(20));
            Assert.That(log.CountOf("a query was lost to a fault in its handler"), Is.EqualTo(1));
        }
    }

    [Test]
    public void Handler_ThatAsksForMoreThanAMessage_FailsAlone()
    {
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            if (packet[0] == 'x')
            {
                path.GetBuffer(65_536);
            }

            path.GetBuffer(packet.Length);
            path.Send(packet[0] == 'y' ? packet.Length + 1 : packet.Length);
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send("x"u8);
        client.Send("y"u8);
        client.Ask("z"u8);

        Assert.That(listener.ReadCounters().HandlerFailures, Is.EqualTo(2));
    }

    [Test]
    public void Handler_ThatSendsTwice_IsHeardOnce()
    {
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            DelegateHandler.Answer(packet, path);
            path.Send(packet.Length);
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Ask("once"u8);

        client.ExpectSilence();
    }

    [Test]
    public void Handler_ThatDoesNothing_GivesNoReply()
    {
        using var listener = Start(new DelegateHandler((_, _) => { }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send("anybody?"u8);

        client.ExpectSilence();
        Assert.That(listener.ReadCounters().Received, Is.EqualTo(1));
    }

    [Test]
    public void Reply_TooLongForADatagram_IsCountedAndTheNextIsSent()
    {
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            var size = packet[0] == 'x' ? 65_535 : 3;
            path.GetBuffer(size);
            path.Send(size);
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send("x"u8);
        var reply = client.Ask("y"u8);
        listener.Stop();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply, Has.Length.EqualTo(3));
            Assert.That(listener.ReadCounters().SendFailures, Is.EqualTo(1));
        }
    }

    [Test]
    public void Reply_ByDetachedPath_LeavesLaterFromAnotherThread()
    {
        using var detached = new BlockingQueue<(byte[] Packet, ReplyPath Path)>();
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            if (packet[0] == 'l')
            {
                detached.Add((packet.ToArray(), path.Detach()));
            }
            else
            {
                DelegateHandler.Answer(packet, path);
            }
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send("late"u8);
        Assert.That(client.Ask("soon"u8), Is.EqualTo("soon"u8.ToArray()), "the listener goes on meanwhile");
        var (packet, path) = detached.Take();
        var addresses = $"{path.Client} {path.Local} {path.Protocol}";
        DelegateHandler.Answer(packet, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(), Is.EqualTo("late"u8.ToArray()));
            Assert.That(addresses, Is.EqualTo($"{client.Endpoint} {listener.Endpoint} Udp"));
        }
    }

    [Test]
    public void Reply_ByDetachedPaths_FindsEachClient()
    {
        using var detached = new BlockingQueue<(byte[] Packet, ReplyPath Path)>();
        using var listener = Start(new DelegateHandler((packet, path) => detached.Add((packet.ToArray(), path.Detach()))));
        var clients = Enumerable.Range(0, 40).Select(_ => new UdpTestClient(listener.Endpoint)).ToList();

        // The second and third rounds meet paths that the first gave back.
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < clients.Count; i++)
            {
                clients[i].Send(Number(i));
            }

            var waiting = clients.Select(_ => detached.Take()).ToList();
            Parallel.ForEach(waiting, late => DelegateHandler.Answer(late.Packet, late.Path));
            for (var i = 0; i < clients.Count; i++)
            {
                Assert.That(clients[i].Receive(), Is.EqualTo(Number(i)), $"client {i}");
            }
        }

        clients.ForEach(client => client.Dispose());
        Assert.That(listener.ReadCounters().Sent, Is.EqualTo(120));
    }

    [Test]
    public void DetachedPath_UsedTwice_SendsOnce()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        using var listener = Start(new DelegateHandler((_, path) => detached.Add(path.Detach())));
        using var client = new UdpTestClient(listener.Endpoint);
        client.Send("?"u8);
        var path = detached.Take();

        path.GetBuffer(1)[0] = 1;
        path.Send(1);
        path.Abandon();
        path.Send(0);

        client.Receive();
        client.ExpectSilence();
    }

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
            options: _options with { Workers = 1 });
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
            options: _options with { StopTimeout = TimeSpan.FromMilliseconds(100) });
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
            options: _options with { StopTimeout = TimeSpan.FromMilliseconds(50) },
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

        using var second = Start(DelegateHandler.Echo, first.Endpoint, _options with { SharesPort = false });

        Assert.That(second.Endpoint, Is.EqualTo(first.Endpoint));
    }

    [Test]
    public void TwoListeners_AtPortsOfTheirOwn_AnswerApart()
    {
        using var first = Start(new DelegateHandler((_, path) => AnswerOctet(path, 1)));
        using var second = Start(new DelegateHandler((_, path) => AnswerOctet(path, 2)));
        using var clientOfFirst = new UdpTestClient(first.Endpoint);
        using var clientOfSecond = new UdpTestClient(second.Endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clientOfFirst.Ask("?"u8), Is.EqualTo(new byte[] { 1 }));
            Assert.That(clientOfSecond.Ask("?"u8), Is.EqualTo(new byte[] { 2 }));
        }
    }

    [Test]
    public void TwoListeners_AtOnePort_AreAllowedOnlyWhenBothShareIt()
    {
        using var first = Start(DelegateHandler.Echo);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => Start(DelegateHandler.Echo, first.Endpoint, _options with { SharesPort = false }),
                Throws.TypeOf<SocketException>()
                    .With.Property(nameof(SocketException.SocketErrorCode))
                    .EqualTo(SocketError.AddressAlreadyInUse));
            Assert.That(() => Start(DelegateHandler.Echo, first.Endpoint).Stop(), Throws.Nothing);
        }
    }

    [Test]
    public async Task Overload_OfTheReceiveBuffer_IsCounted()
    {
        using var mayGoOn = new ManualResetEventSlim();
        using var listener = Start(
            new DelegateHandler((packet, path) =>
            {
                mayGoOn.Wait(Eventually.Patience);
                DelegateHandler.Answer(packet, path);
            }),
            options: _options with { Workers = 1, BatchSize = 1, ReceiveBufferSize = 4096 });
        using var client = new UdpTestClient(listener.Endpoint);

        for (var i = 0; i < 1000; i++)
        {
            client.Send(Number(i));
        }

        var overflowed = listener.ReadCounters().Overflowed;
        mayGoOn.Set();
        await Eventually.IsTrue(
            () => listener.ReadCounters() is var counters && counters.Received + counters.Overflowed == 1000,
            "every packet is answered or counted as lost");
        listener.Stop();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overflowed, Is.Positive);
            Assert.That(listener.ReadCounters().Overflowed, Is.EqualTo(overflowed), "known after the end too");
        }
    }

    [Test]
    public void Worker_ServingPackets_AllocatesNothing() =>
        ExpectNoAllocations(new MeasuringHandler((packet, path) =>
        {
            _ = path.Client.Port + path.Local.Port;
            DelegateHandler.Answer(packet, path);
        }));

    [Test]
    public void Worker_DetachingPackets_AllocatesNothing() =>
        ExpectNoAllocations(new MeasuringHandler((packet, path) => DelegateHandler.Answer(packet, path.Detach())));

    [Test]
    public void Start_SaysWhichWayItTakes()
    {
        using var log = new LogCapture();
        using var listener = Start(DelegateHandler.Echo, logger: log.CreateLogger("udp"));

        Assert.That(
            log.Lines.Single(),
            Does.EndWith(mode == UdpMode.Managed
                ? "2 workers take one packet at a time, because an option says so"
                : "2 workers receive and send in batches"));
    }

    private void ExpectNoAllocations(MeasuringHandler handler)
    {
        using var listener = Start(handler, options: _options with { Workers = 1 });
        using var client = new UdpTestClient(listener.Endpoint);

        for (var i = 0; i < MeasuringHandler.Packets; i++)
        {
            client.Send("packet"u8);
            client.Skip();
        }

        // Not one octet a packet. A collection closes the thread's allocation context and counts what was left in it, 8 KiB at
        // the most: so many packets are measured that two of those are less.
        Assert.That(handler.AllocatedOctets, Is.LessThan(MeasuringHandler.MeasuredPackets));
    }

    private static void AnswerAddresses(ReadOnlySpan<byte> packet, ReplyPath path)
    {
        var text = Encoding.ASCII.GetBytes($"{path.Protocol} {path.Client} asked {path.Local}");
        DelegateHandler.Answer(text, path);
    }

    private static void AnswerOctet(ReplyPath path, byte octet)
    {
        path.GetBuffer(1)[0] = octet;
        path.Send(1);
    }

    private static byte[] Number(int value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, value);
        return octets;
    }

    private UdpListener Start(
        IPacketHandler handler,
        IPEndPoint? endpoint = null,
        UdpOptions? options = null,
        ILogger? logger = null) =>
        UdpListener.Start(
            endpoint ?? Loopback,
            handler,
            options ?? _options,
            TimeProvider.System,
            logger ?? NullLogger.Instance);
}
