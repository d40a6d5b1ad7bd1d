using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Testing.Network;
using ClusterDns.Testing.Processes;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>
/// A flood of names for the world, all of them different, while the upstream is dead; beside it a client that asks for
/// cluster names. The long form with its times and aims is <c>benchmarks/overload</c>.
/// </summary>
[TestFixture]
internal sealed class OverloadTests
{
    private const int Port = 15356;
    private const int MetricsPort = 15357;
    private const int QueriesPerSecond = 500;
    private const int MostGrowth = 100 * 1024;
    private const double SmallPart = 0.05;
    private const string Flooder = "127.0.0.66";

    private static readonly TimeSpan FloodTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Flood_WithADeadUpstream_CostsOthersNoClusterName()
    {
        using var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        upstream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var server = await StartAsync(((IPEndPoint)upstream.LocalEndPoint!).Port);
        var client = new SteadyClient(
            new IPEndPoint(IPAddress.Loopback, Port), [ExampleServer.Query], ExampleServer.Judge);
        await using (client)
        {
            await client.RunAsync(QueriesPerSecond, TimeSpan.FromSeconds(1));
            var before = ResidentKibibytes(server.ProcessId);
            using var over = new CancellationTokenSource(FloodTime);
            var flood = Task.Factory.StartNew(
                () => Flood(over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await client.RunAsync(QueriesPerSecond, () => !over.IsCancellationRequested);
            var sent = await flood;
            var grown = ResidentKibibytes(server.ProcessId) - before;
            var dropped = Dropped();
            var lost = client.Asked - client.Answered;

            // Once it is over nothing is lost any more.
            using var patience = new CancellationTokenSource(Patience);
            await ExpectAnswersInARowAsync(100, patience.Token);

            await TestContext.Out.WriteLineAsync($"{client.Asked} asked, {lost} lost; the flood sent {sent}, {dropped} dropped; {grown} KiB more");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(client.Wrong, Is.Empty, "no cluster name is refused, and no TCP connection ended");
                Assert.That(lost, Is.LessThanOrEqualTo(dropped), "what is lost was lost before the server saw it");
                Assert.That((double)lost / client.Asked, Is.LessThan(Math.Max((double)dropped / sent / 2, SmallPart)), "and that is a small part");
                Assert.That(grown, Is.LessThan(MostGrowth));
                Assert.That(await ShedAsync(), Is.GreaterThan(1000));
            }
        }
    }

    private static async Task ExpectAnswersInARowAsync(int count, CancellationToken cancellation)
    {
        var server = new IPEndPoint(IPAddress.Loopback, Port);
        var query = ExampleServer.Query;
        for (var inARow = 0; inARow < count; inARow++)
        {
            cancellation.ThrowIfCancellationRequested();
            Assert.That(ExampleServer.Judge(0, await DnsSocketClient.AskUdpAsync(server, query)), Is.Null);
        }
    }

    private static long Flood(CancellationToken over)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(Flooder), 0));
        socket.Connect(new IPEndPoint(IPAddress.Loopback, Port));
        var query = QueryFactory.Packet("00000000.flood.test", RecordType.A);
        var sent = 0L;
        while (!over.IsCancellationRequested)
        {
            BinaryPrimitives.WriteUInt16BigEndian(query, (ushort)sent);
            ((int)sent).TryFormat(query.AsSpan(MessageHeader.Size + 1, 8), out _, "x8", CultureInfo.InvariantCulture);
            socket.Send(query, SocketFlags.None, out _);
            sent++;
        }

        return sent;
    }

    private Task<ServerProcessUnderTest> StartAsync(int upstreamPort) => ExampleServer.StartAsync(
        _folder,
        $$"""
        . {
            bind 127.0.0.1
            errors
            kubernetes cluster.local
            prometheus 127.0.0.1:{{MetricsPort}}
            forward . 127.0.0.1:{{upstreamPort}} {
                max_concurrent 1000
            }
            cache 30
        }
        """,
        Port);

    private static long ResidentKibibytes(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);

    // The system counts for each socket what it had no room for and what a filter dropped.
    private static long Dropped() => File.ReadLines("/proc/net/udp").Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields[1].EndsWith($":{Port:X4}", StringComparison.Ordinal))
        .Sum(fields => long.Parse(fields[^1], CultureInfo.InvariantCulture));

    private static async Task<double> ShedAsync()
    {
        using var client = new HttpClient { Timeout = Patience };
        var page = await client.GetStringAsync(new Uri($"http://127.0.0.1:{MetricsPort}/metrics"));
        const string Series = "clusterdns_forward_shed_queries_total{reason=\"one_client\"} ";
        return double.Parse(page.Split('\n').First(line => line.StartsWith(Series, StringComparison.Ordinal))[Series.Length..], CultureInfo.InvariantCulture);
    }
}
