using System.Net;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Transfer;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Tests.Transport;
using ClusterDns.Transport.Tcp;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Transfer;

/// <summary>A transfer of 10,000 Services with 150,000 endpoints, to clients of every manner.</summary>
[TestFixture]
internal sealed class LargeZoneTests
{
    private const int Services = 10_000;
    private const int EndpointsOfOne = 15;

    /// <summary>Address, endpoint's address and port for each endpoint, and a SOA on either side.</summary>
    private const int Records = (Services * EndpointsOfOne * 3) + 2;

    /// <summary>A reference for each Service, what the connection queues, and room for what the runtime itself needs.</summary>
    private const long MostHeld = 4 << 20;

    private static readonly byte[] Axfr = QueryFactory.Packet("cluster.local.", RecordType.AXFR);

    private PacketServer _server = null!;

    private TransferSlots Slots => _server.Services.Transfers;

    [OneTimeSetUp]
    public async Task Start()
    {
        ResourceKind[] kinds = [ResourceKind.Namespace, ResourceKind.Service, ResourceKind.EndpointSlice];
        var source = new ScriptedSource(kinds)
        {
            LastScript = [.. kinds.SelectMany(kind => (ClusterChange[])
                [ClusterChange.RelistStarted(kind), .. Objects(kind), ClusterChange.RelistFinished(kind)])],
        };
        _server = await PacketServer.StartAsync(
            """
            .:0 {
                bind 127.0.0.1
                transfer {
                    to *
                }
                kubernetes cluster.local {
                    startup_timeout 60s
                }
            }
            """,
            source);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    /// <summary>The figures stand in the test's output.</summary>
    [Test]
    public async Task Zone_ReadToItsEnd_IsWholeAndWasNeverCopied()
    {
        await using var listener = Listen();
        using var client = new TransferClient(listener.Endpoint, receiveBufferSize: 64 * 1024);
        await client.SendAsync(Axfr);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var records = 0;
        var mostHeld = 0L;
        for (var isOver = false; !isOver;)
        {
            var message = await client.ReadAsync();
            records += MessageHeader.AnswerCount(message);
            isOver = records >= Records;
            if (client.MessagesRead % 200 == 0)
            {
                mostHeld = Math.Max(mostHeld, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        TestContext.Out.WriteLine(
            $"{records} records in {client.MessagesRead} messages of up to {client.LongestRead} octets, {client.OctetsRead} octets; "
            + $"{mostHeld / 1024} KiB more in use meanwhile");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(records, Is.EqualTo(Records));
            Assert.That(client.LongestRead, Is.LessThan(TransferStream.EnoughForMessage + 1024));
            Assert.That(client.OctetsRead, Is.GreaterThan(3 * MostHeld), "what is held would not hold the zone");
            Assert.That(mostHeld, Is.LessThan(MostHeld));
        }

        await Eventually.IsTrue(() => Slots.Taken == 0, "the slot is free");
    }

    [Test]
    public async Task Client_ThatStopsReading_IsCutOffAndGivesItsSlotBack()
    {
        await using var listener = Listen(new TcpOptions { WriteTimeout = TimeSpan.FromMilliseconds(250) });
        using var client = new TransferClient(listener.Endpoint, receiveBufferSize: 4096);
        await client.SendAsync(Axfr);
        await client.ReadAsync();

        await Eventually.IsTrue(() => listener.ReadCounters().SlowReaders == 1, "the client is cut off");
        await Eventually.IsTrue(() => Slots.Taken == 0, "the slot is free");
        await client.ReadToEndAsync();
    }

    [Test]
    public async Task Client_ThatClosesInTheMiddle_GivesItsSlotBack()
    {
        await using var listener = Listen();
        using (var client = new TransferClient(listener.Endpoint))
        {
            await client.SendAsync(Axfr);
            await client.ReadAsync();
        }

        await Eventually.IsTrue(() => Slots.Taken == 0, "the slot is free");
        await Eventually.IsTrue(() => listener.ReadCounters().BorrowedOctets == 0, "all buffers are given back");
    }

    [Test]
    public async Task Query_BehindATransfer_IsAnsweredBeforeItsEnd()
    {
        await using var listener = Listen();
        using var client = new TransferClient(listener.Endpoint);
        var query = QueryFactory.Packet("service-7.space-7.svc.cluster.local.", RecordType.A);
        query[0] ^= 0xFF;
        await client.SendAsync(Axfr);
        await client.SendAsync(query);

        var answers = 0;
        var messages = 0;
        for (var records = 0; records < Records; messages++)
        {
            var message = await client.ReadAsync();
            if (message[0] == query[0])
            {
                answers++;
                Assert.That(records, Is.LessThan(Records / 2), "the transfer's records in front of the answer");
                Assert.That(MessageHeader.AnswerCount(message), Is.EqualTo(EndpointsOfOne));
            }
            else
            {
                records += MessageHeader.AnswerCount(message);
            }
        }

        Assert.That(answers, Is.EqualTo(1));
    }

    [Test]
    public async Task Transfers_OfOneClient_AreServedUpToTheirNumber()
    {
        await using var listener = Listen();
        using var client = new TransferClient(listener.Endpoint, receiveBufferSize: 4096);
        for (var i = 0; i < TransferSlots.MostOfOneClient; i++)
        {
            await client.SendAsync(Axfr);
        }

        await Eventually.IsTrue(() => Slots.Taken == TransferSlots.MostOfOneClient, "all of them go on");
        using var another = new TransferClient(listener.Endpoint);
        await another.SendAsync(Axfr);
        var refused = await another.ReadAsync();

        Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(refused)), Is.EqualTo(ResponseCode.Refused));
        client.Dispose();
        await Eventually.IsTrue(() => Slots.Taken == 0, "the slots are free");
    }

    [Test]
    public async Task Listener_ThatStops_EndsTheTransfer()
    {
        await using var listener = Listen(new TcpOptions
        {
            StopTimeout = TimeSpan.FromMilliseconds(250),
            DrainTimeout = TimeSpan.FromMilliseconds(100),
        });
        using var client = new TransferClient(listener.Endpoint, receiveBufferSize: 4096);
        await client.SendAsync(Axfr);
        await client.ReadAsync();

        await listener.StopAsync().WaitAsync(Eventually.Patience);

        await Eventually.IsTrue(() => Slots.Taken == 0, "the slot is free");
    }

    private static IEnumerable<ClusterChange> Objects(ResourceKind kind) => kind switch
    {
        ResourceKind.Namespace => Enumerable.Range(0, 100).Select(i => Namespace($"space-{i}")),
        ResourceKind.Service => Enumerable.Range(0, Services).Select(i => Service($"{NameOf(i)}", "")),
        _ => Enumerable.Range(0, Services).Select(i => Slice($"{NameOf(i)}-abcde", $"service-{i}", Group(EndpointsOf(i)))),
    };

    private static string NameOf(int i) => $"space-{i % 100}/service-{i}";

    private static string EndpointsOf(int i) =>
        string.Join(' ', Enumerable.Range(0, EndpointsOfOne).Select(j => $"10.{i / 250}.{i % 250}.{j}"));

    private TcpQueryListener Listen(TcpOptions? options = null) => TcpQueryListener.Start(
        new IPEndPoint(IPAddress.Loopback, 0),
        new DelegateHandler((packet, path) => _server.Handle(packet, path)),
        options ?? new TcpOptions(),
        TimeProvider.System,
        NullLogger.Instance);
}
