using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>One listener stops while another serves the same port: clients keep their sockets and lose nothing.</summary>
[TestFixture(UdpMode.Automatic)]
[TestFixture(UdpMode.Managed)]
internal sealed class UdpHandOverTests(UdpMode mode)
{
    private const int Clients = 4;
    private const int Burst = 32;

    /// <summary>Enough for every listener to get some of them.</summary>
    private const int SocketsOfAClient = 8;

    private const int Rounds = 5;

    [TestCase("127.0.0.1", "127.0.0.1")]
    [TestCase("0.0.0.0", "127.0.0.1")]
    [TestCase("::", "127.0.0.1")]
    [TestCase("::", "::1")]
    public async Task Stop_WithAnotherAtTheSamePort_LosesNoPacket(string bound, string asked)
    {
        using var lasting = Start(new IPEndPoint(IPAddress.Parse(bound), 0));
        var server = new IPEndPoint(IPAddress.Parse(asked), lasting.Endpoint.Port);
        var isOver = false;
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(AskInBursts)).ToList();
        long served = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var passing = Start(lasting.Endpoint);
            await Eventually.IsTrue(() => passing.ReadCounters().Received > 500 || clients.Exists(client => client.IsFaulted), "it serves");
            passing.Stop();
            served += passing.ReadCounters().Sent;
        }

        Volatile.Write(ref isOver, true);
        Assert.That((await Task.WhenAll(clients)).Sum(), Is.EqualTo(served + lasting.ReadCounters().Sent));

        int AskInBursts()
        {
            UdpTestClient[] sockets = [.. Enumerable.Range(0, SocketsOfAClient).Select(_ => new UdpTestClient(server))];
            var packet = new byte[4];
            var answered = 0;
            while (!Volatile.Read(ref isOver))
            {
                for (var i = 0; i < Burst; i++)
                {
                    BinaryPrimitives.WriteInt32BigEndian(packet, i);
                    sockets[i % SocketsOfAClient].Send(packet);
                }

                for (var i = 0; i < Burst; i++)
                {
                    sockets[i % SocketsOfAClient].Receive();
                    answered++;
                }
            }

            Array.ForEach(sockets, socket => socket.Dispose());
            return answered;
        }
    }

    [Test]
    public async Task Stop_WaitingForALateReply_LeavesNewPacketsToTheOther()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        using var passing = Start(new IPEndPoint(IPAddress.Loopback, 0), new DelegateHandler((packet, path) =>
        {
            if (packet.SequenceEqual("later"u8))
            {
                detached.Add(path.Detach());
            }
            else
            {
                DelegateHandler.Answer(packet, path);
            }
        }));
        using var waiting = new UdpTestClient(passing.Endpoint);
        waiting.Send("later"u8);
        var late = detached.Take();
        using var lasting = Start(passing.Endpoint);
        var clients = Enumerable.Range(0, 64).Select(_ => new UdpTestClient(passing.Endpoint)).ToList();

        var stopping = Task.Run(passing.Stop);
        long servedByOther;
        do
        {
            servedByOther = lasting.ReadCounters().Received;
            clients.ForEach(client => client.Send("?"u8));
            clients.ForEach(client => Assert.That(client.Receive(), Is.EqualTo("?"u8.ToArray())));
        }
        while (lasting.ReadCounters().Received - servedByOther < clients.Count);

        Assert.That(stopping.IsCompleted, Is.False);
        DelegateHandler.Answer("late"u8, late);
        Assert.That(waiting.Receive(), Is.EqualTo("late"u8.ToArray()));
        await stopping.WaitAsync(Eventually.Patience);
        clients.ForEach(client => client.Dispose());
    }

    [Test]
    public void Withdraw_OfASocketWithPackets_KeepsThemAndGetsNoMore()
    {
        const int Packets = 64;
        var options = new UdpOptions { Workers = 2 };
        var sockets = UdpSockets.Bind(new IPEndPoint(IPAddress.Loopback, 0), options);
        var clients = Enumerable.Range(0, Packets).Select(_ => new UdpTestClient((IPEndPoint)sockets[0].LocalEndPoint!)).ToList();
        clients.ForEach(client => client.Send("before"u8));

        Assert.That(UdpSockets.TryWithdraw(sockets[0]), Is.True);
        clients.ForEach(client => client.Send("after"u8));

        var left = ReadAll(sockets[0]);
        var right = ReadAll(sockets[1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left.Before, Is.GreaterThan(0));
            Assert.That(left.After, Is.Zero);
            Assert.That(left.Before + right.Before, Is.EqualTo(Packets));
            Assert.That(right.After, Is.EqualTo(Packets));
        }

        clients.ForEach(client => client.Dispose());
    }

    private static (int Before, int After) ReadAll(Socket socket)
    {
        using (socket)
        {
            var (before, after) = (0, 0);
            var packet = new byte[16];
            while (socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                var isBefore = packet.AsSpan(0, socket.Receive(packet)).SequenceEqual("before"u8);
                (before, after) = isBefore ? (before + 1, after) : (before, after + 1);
            }

            return (before, after);
        }
    }

    private UdpListener Start(IPEndPoint endpoint, IPacketHandler? handler = null) => UdpListener.Start(
        endpoint,
        handler ?? DelegateHandler.Echo,
        new UdpOptions { Mode = mode, Workers = 2, StopCheckInterval = TimeSpan.FromMilliseconds(20) },
        TimeProvider.System,
        NullLogger.Instance);
}
