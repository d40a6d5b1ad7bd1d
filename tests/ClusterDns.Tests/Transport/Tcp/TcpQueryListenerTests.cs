using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Tcp;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>Queries and answers on connections that behave.</summary>
internal sealed class TcpQueryListenerTests : TcpListenerFixture
{
    [TestCase("127.0.0.1", "127.0.0.1")]
    [TestCase("0.0.0.0", "127.0.0.9")]
    [TestCase("::1", "::1")]
    [TestCase("::", "::1")]
    [TestCase("::", "127.0.0.9")]
    public async Task Query_KnowsWhoAskedAndWhere(string bound, string asked)
    {
        await using var listener = Start(
            new DelegateHandler((_, path) =>
            {
                var text = Encoding.ASCII.GetBytes($"{path.Protocol} {path.Client} asked {path.Local}");
                DelegateHandler.Answer(text, path);
            }),
            address: bound);
        var server = new IPEndPoint(IPAddress.Parse(asked), listener.Endpoint.Port);
        using var client = new TcpTestClient(server);

        var reply = Encoding.ASCII.GetString(client.Ask("?"u8));

        Assert.That(reply, Is.EqualTo($"Tcp {client.Endpoint} asked {server}"));
    }

    [Test]
    public async Task Query_SplitAtEveryOctet_IsAnswered()
    {
        await using var listener = Start(DelegateHandler.Echo);
        using var client = new TcpTestClient(listener.Endpoint);
        var framed = TcpTestClient.Frame("a query of some octets"u8);

        for (var split = 0; split <= framed.Length; split++)
        {
            client.SendOctets(framed.AsSpan(0, split));
            client.SendOctets(framed.AsSpan(split));
            Assert.That(client.Receive(), Is.EqualTo(framed[2..]), $"split at {split}");
        }
    }

    [Test]
    public async Task Query_OctetByOctet_IsAnswered()
    {
        await using var listener = Start(DelegateHandler.Echo);
        using var client = new TcpTestClient(listener.Endpoint);

        foreach (var octet in TcpTestClient.Frame("a query of some octets"u8))
        {
            client.SendOctets([octet]);
        }

        Assert.That(client.Receive(), Is.EqualTo("a query of some octets"u8.ToArray()));
    }

    [Test]
    public async Task Queries_InOneSegment_AreAllAnswered()
    {
        await using var listener = Start(DelegateHandler.Echo);
        using var client = new TcpTestClient(listener.Endpoint);

        client.SendOctets([.. TcpTestClient.Frame("one"u8), .. TcpTestClient.Frame("two"u8)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(), Is.EqualTo("one"u8.ToArray()));
            Assert.That(client.Receive(), Is.EqualTo("two"u8.ToArray()));
        }
    }

    [Test]
    public async Task Queries_AThousandPipelined_AreAllAnswered()
    {
        const int Queries = 1000;
        await using var listener = Start(DelegateHandler.Echo);
        using var client = new TcpTestClient(listener.Endpoint);

        client.SendOctets(Enumerable.Range(0, Queries).SelectMany(i => TcpTestClient.Frame(Number(i))).ToArray());
        var answers = Enumerable.Range(0, Queries).Select(_ => BinaryPrimitives.ReadInt32BigEndian(client.Receive()));

        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, Queries)));
        Assert.That(listener.ReadCounters(), Has.Property("Received").EqualTo(Queries).And.Property("Answered").EqualTo(Queries));
    }

    [Test]
    public async Task Queries_AThousandInFlightFromManyThreads_AreAllAnswered()
    {
        const int Queries = 1000;
        await using var listener = Start(new DelegateHandler((packet, path) =>
        {
            var copy = packet.ToArray();
            var detached = path.Detach();
            ThreadPool.UnsafeQueueUserWorkItem(_ => DelegateHandler.Answer(copy, detached), null);
        }));
        using var client = new TcpTestClient(listener.Endpoint);

        client.SendOctets(Enumerable.Range(0, Queries).SelectMany(i => TcpTestClient.Frame(Number(i))).ToArray());
        var answers = Enumerable.Range(0, Queries).Select(_ => BinaryPrimitives.ReadInt32BigEndian(client.Receive()));

        Assert.That(answers, Is.EquivalentTo(Enumerable.Range(0, Queries)));
    }

    [Test]
    public async Task Answers_OfQueriesInFlight_LeaveAsTheyAreReady()
    {
        using var detached = new BlockingQueue<(byte[] Packet, ReplyPath Path)>();
        await using var listener = Start(new DelegateHandler((packet, path) => detached.Add((packet.ToArray(), path.Detach()))));
        using var client = new TcpTestClient(listener.Endpoint);
        string[] queries = ["first", "second", "third"];
        foreach (var query in queries)
        {
            client.Send(Encoding.ASCII.GetBytes(query));
        }

        var waiting = queries.Select(_ => detached.Take()).ToList();
        waiting.Reverse();
        var answers = new List<string>();
        foreach (var (packet, path) in waiting)
        {
            DelegateHandler.Answer(packet, path);
            answers.Add(Encoding.ASCII.GetString(client.Receive()));
        }

        Assert.That(answers, Is.EqualTo(["third", "second", "first"]));
    }

    [Test]
    public async Task Message_OfTheLargestSize_GoesBothWays()
    {
        await using var listener = Start(DelegateHandler.Echo);
        using var client = new TcpTestClient(listener.Endpoint);
        var largest = new byte[65_535];
        Random.Shared.NextBytes(largest);

        for (var i = 0; i < 5; i++)
        {
            Assert.That(client.Ask(largest), Is.EqualTo(largest));
        }

        client.Ask("small again"u8);
        await ExpectNothingBorrowed(listener);
    }

    [Test]
    public async Task Message_WithoutOctets_IsHandedOn()
    {
        await using var listener = Start(new DelegateHandler((packet, path) =>
        {
            if (!packet.IsEmpty)
            {
                DelegateHandler.Answer(packet, path);
            }
        }));
        using var client = new TcpTestClient(listener.Endpoint);

        client.Send([]);
        var answer = client.Ask("next"u8);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.EqualTo("next"u8.ToArray()));
            Assert.That(listener.ReadCounters().Received, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Handler_ThatThrowsEveryTime_CostsOnlyItsOwnQueries()
    {
        using var log = new LogCapture();
        await using var listener = Start(DelegateHandler.EchoWithFaults, logger: log.CreateLogger("tcp"));
        using var client = new TcpTestClient(listener.Endpoint);

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
    public async Task Handler_ThatAbandonsOrDoesNothing_LeavesTheConnectionAsItIs()
    {
        await using var listener = Start(
            new DelegateHandler((packet, path) =>
            {
                switch (packet[0])
                {
                    case (byte)'a':
                        path.Detach().Abandon();
                        break;
                    case (byte)'g':
                        DelegateHandler.Answer(packet, path);
                        break;
                }
            }),
            Options with { MaxQueriesInFlight = 1 });
        using var client = new TcpTestClient(listener.Endpoint);

        client.Send("abandoned"u8);
        client.Send("nothing"u8);
        client.Send("abandoned"u8);

        Assert.That(client.Ask("good"u8), Is.EqualTo("good"u8.ToArray()));
    }

    [Test]
    public async Task Client_ThatHasFinishedSending_GetsItsAnswers()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(new DelegateHandler((packet, path) =>
        {
            if (packet[0] == 'l')
            {
                detached.Add(path.Detach());
            }
            else
            {
                DelegateHandler.Answer(packet, path);
            }
        }));
        using var client = new TcpTestClient(listener.Endpoint);

        client.Send("late"u8);
        client.Send("soon"u8);
        client.FinishSending();

        Assert.That(client.Receive(), Is.EqualTo("soon"u8.ToArray()));
        DelegateHandler.Answer("late"u8, detached.Take());
        Assert.That(client.Receive(), Is.EqualTo("late"u8.ToArray()));
        client.ExpectEnd();
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 0, "the connection is closed");
    }

    [Test]
    public async Task Client_ThatResetsBeforeItsAnswer_HarmsNobody()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        using var log = new LogCapture();
        await using var listener = Start(
            new DelegateHandler((packet, path) =>
            {
                if (packet[0] == 'l')
                {
                    detached.Add(path.Detach());
                }
                else
                {
                    DelegateHandler.Answer(packet, path);
                }
            }),
            logger: log.CreateLogger("tcp"));
        var gone = new TcpTestClient(listener.Endpoint);
        gone.Send("late"u8);
        gone.Send("late"u8);
        var first = detached.Take();
        var second = detached.Take();

        gone.Reset();
        DelegateHandler.Answer("into the reset"u8, first);
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 0, "the connection is closed");
        DelegateHandler.Answer("long after it"u8, second);

        using var good = new TcpTestClient(listener.Endpoint);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(good.Ask("good"u8), Is.EqualTo("good"u8.ToArray()));
            Assert.That(log.Lines, Is.Empty);
        }

        await ExpectNothingBorrowed(listener);
    }

    [Test]
    public async Task Clients_BesideASilentOne_AreAllServed()
    {
        await using var listener = Start(DelegateHandler.Echo);
        using var silent = new TcpTestClient(listener.Endpoint);
        using var halfway = new TcpTestClient(listener.Endpoint);
        halfway.SendOctets([0]);

        for (var i = 0; i < 1000; i++)
        {
            using var client = new TcpTestClient(listener.Endpoint);
            Assert.That(client.Ask(Number(i)), Is.EqualTo(Number(i)));
        }

        Assert.That(listener.ReadCounters().Accepted, Is.EqualTo(1002));
    }

    [Test]
    public async Task Connection_ServingQueries_AllocatesNothingForEach()
    {
        const int Queries = 5_000;
        const int SmallestObject = 24;
        await using var listener = Start(DelegateHandler.Echo);
        using var client = new TcpTestClient(listener.Endpoint);
        var framed = TcpTestClient.Frame("a query"u8);
        client.Exchange(framed, Queries);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        client.Exchange(framed, Queries);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // The whole process is counted, so a little may come from elsewhere; one object a query would be this much.
        Assert.That(allocated, Is.LessThan(Queries * SmallestObject));
    }

    [Test]
    public void Start_AtAddressOfSomebodyElse_Throws() =>
        Assert.That(() => Start(DelegateHandler.Echo, address: "203.0.113.1"), Throws.TypeOf<SocketException>());

    [Test]
    public async Task Start_AtAPortInUse_IsAllowedOnlyWhenBothShareIt()
    {
        // Port 0 is never shared, so take its number and share that.
        var free = Start(DelegateHandler.Echo);
        await free.StopAsync();
        await using var first = At(free.Endpoint, sharesPort: true);

        Assert.That(
            () => At(free.Endpoint, sharesPort: false),
            Throws.TypeOf<SocketException>()
                .With.Property(nameof(SocketException.SocketErrorCode))
                .EqualTo(SocketError.AddressAlreadyInUse));
        await using var second = At(free.Endpoint, sharesPort: true);

        static TcpQueryListener At(IPEndPoint endpoint, bool sharesPort) => TcpQueryListener.Start(
            endpoint,
            DelegateHandler.Echo,
            Options with { SharesPort = sharesPort },
            TimeProvider.System,
            NullLogger.Instance);
    }

    private static byte[] Number(int value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, value);
        return octets;
    }
}
