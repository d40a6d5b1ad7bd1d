using System.Buffers.Binary;
using System.Net;
using System.Text;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>What every listener does, whichever way it asks the system for packets.</summary>
internal sealed class UdpListenerTests(UdpMode mode) : UdpListenerFixture(mode)
{
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
        var largest = new byte[Options.MaxQuerySize];
        Random.Shared.NextBytes(largest);

        client.Send(new byte[Options.MaxQuerySize + 1]);
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
    public async Task Overload_OfTheReceiveBuffer_IsCounted()
    {
        using var mayGoOn = new ManualResetEventSlim();
        using var listener = Start(
            new DelegateHandler((packet, path) =>
            {
                mayGoOn.Wait(Eventually.Patience);
                DelegateHandler.Answer(packet, path);
            }),
            options: Options with { Workers = 1, BatchSize = 1, ReceiveBufferSize = 4096 });
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

    private void ExpectNoAllocations(MeasuringHandler handler)
    {
        using var listener = Start(handler, options: Options with { Workers = 1 });
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
}
