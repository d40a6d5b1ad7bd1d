using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
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
            using var client = new UdpTestClient(server);
            var packet = new byte[4];
            var answered = 0;
            while (!Volatile.Read(ref isOver))
            {
                for (var i = 0; i < Burst; i++)
                {
                    BinaryPrimitives.WriteInt32BigEndian(packet, i);
                    client.Send(packet);
                }

                for (var i = 0; i < Burst; i++)
                {
                    client.Receive();
                    answered++;
                }
            }

            return answered;
        }
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

    private UdpListener Start(IPEndPoint endpoint) => UdpListener.Start(
        endpoint,
        DelegateHandler.Echo,
        new UdpOptions { Mode = mode, Workers = 2, StopCheckInterval = TimeSpan.FromMilliseconds(20) },
        TimeProvider.System,
        NullLogger.Instance);
}
