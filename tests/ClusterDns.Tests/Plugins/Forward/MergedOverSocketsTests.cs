using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Tests.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>
/// Many clients that want the same at once, over real sockets: what is asked upstream is one question, so nobody can make
/// the server send a thousand for whose replies to guess (RFC 5452, 5).
/// </summary>
[TestFixture]
internal sealed class MergedOverSocketsTests
{
    private const int Clients = 1000;
    private const string Name = "www.example.org";

    // Over UDP one question may be asked a second time when its answer is late; nothing else may.
    [TestCase("force_tcp", 1)]
    [TestCase("prefer_udp", 2)]
    public async Task SameQuestion_OfAThousandClientsInFlight_IsAskedOnce(string property, int most)
    {
        var answer = new TaskCompletionSource();
        await using var upstream = new FakeUpstream($"{Name}. 60 A 192.0.2.1");
        upstream.Script = query => [new FakeAction.WaitFor(answer.Task), new FakeAction.Send(query.FromTable())];
        await using var server = await RunningServer.StartAsync(
            $".:0 {{\n bind 127.0.0.1\n forward . {upstream.Endpoint} {{\n  {property}\n  read_timeout 4s\n }}\n}}");
        using var clients = new SocketGroup(Clients, server.Endpoint);

        // Fewer at once than a socket's buffer holds.
        for (var i = 0; i < Clients; i++)
        {
            clients.Send(i, QueryFactory.Packet(Name, RecordType.A).WithId((ushort)i));
            if (i % 100 == 99)
            {
                await Eventually.IsTrue(() => server.Listener.Received == i + 1, "they are in flight");
            }
        }

        await upstream.WaitForQueriesAsync(1);
        answer.SetResult();
        var replies = clients.ReceiveAll();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(replies.Select(reply => (int)MessageHeader.Id(reply)), Is.EqualTo(Enumerable.Range(0, Clients)));
            Assert.That(replies.Select(reply => (int)MessageHeader.AnswerCount(reply)), Has.All.EqualTo(1));
            Assert.That(upstream.Received, Has.Count.InRange(1, most));
        }
    }

    /// <summary>A socket for each client.</summary>
    private sealed class SocketGroup : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public SocketGroup(int count, System.Net.IPEndPoint server)
        {
            for (var i = 0; i < count; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
                {
                    ReceiveTimeout = (int)Eventually.Patience.TotalMilliseconds,
                };
                _sockets.Add(socket);
                socket.Connect(server);
            }
        }

        public void Send(int client, byte[] query) => _sockets[client].Send(query);

        public IReadOnlyList<byte[]> ReceiveAll() => [.. _sockets.Select(Receive)];

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

        private static byte[] Receive(Socket socket)
        {
            var buffer = new byte[512];
            return buffer[..socket.Receive(buffer)];
        }
    }
}
