using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Measuring;

namespace ClusterDns.Overload;

/// <summary>
/// The server on core 0, flood and client on core 1, the flood behind everybody else there (nice 5). Behind the server an
/// upstream that takes queries and never answers. The flood gives up a real-time priority that the benchmark may have.
/// </summary>
internal sealed class OverloadRun(string binary, string folder, OverloadOptions options)
{
    private const int ServerCore = 0;
    private const int OtherCore = 1;
    private const int Port = 15370;
    private const int UpstreamPort = 15371;
    private const int MetricsPort = 15372;

    /// <summary>Behind the client. Much more, and other sessions of a busy machine get the core (sched_autogroup).</summary>
    private const string FloodNice = "5";

    private const string AskedName = "backend-service.example.svc.cluster.local";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    public OverloadResult Run()
    {
        using var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        upstream.Bind(new IPEndPoint(IPAddress.Loopback, UpstreamPort));
        var corefile = Path.Combine(folder, "Corefile");
        File.WriteAllText(corefile, Corefile());
        using var server = PinnedProcess.Start(
            ServerCore, Path.Combine(folder, "server.log"), binary, "-conf", corefile, "-dns.port", Text(Port), "--manifests", Manifests());
        WaitForAnswer(server);

        var seconds = options.Seconds + (int)(Calm + Recovery + StartTimeout).TotalSeconds;
        using var client = new OrdinaryClient(Port, AskedName, seconds * OrdinaryClient.QueriesPerSecond);
        var isOver = false;
        var asking = new Thread(() => client.Run(() => !Volatile.Read(ref isOver)));
        asking.Start();
        try
        {
            return Measure(server, client, () =>
            {
                Volatile.Write(ref isOver, true);
                asking.Join();
            });
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            asking.Join();
        }
    }

    private OverloadResult Measure(PinnedProcess server, OrdinaryClient client, Action stopAsking)
    {
        Thread.Sleep(Calm);
        var before = ServerPage.Read(MetricsPort);
        var usage = ProcessUsage.OfTree(server.Id);
        var waited = CoreWait.Of(server.Id);
        using var flood = StartFlood();
        var (sent, floodBegan, floodEnded) = WaitForEnd(flood);
        usage = ProcessUsage.OfTree(server.Id) - usage;
        waited = CoreWait.Of(server.Id) - waited;
        var after = ServerPage.Read(MetricsPort);

        Thread.Sleep(Recovery);
        stopAsking();
        return new OverloadResult
        {
            Calm = [.. client.Between(0, floodBegan)],
            Flooded = [.. client.Between(floodBegan, floodEnded)],
            Recovered = [.. client.Between(floodEnded, long.MaxValue)],
            FloodEnded = floodEnded,
            Seconds = Stopwatch.GetElapsedTime(floodBegan, floodEnded).TotalSeconds,
            Sent = sent,
            Received = after.Received - before.Received,
            Shed = after.Shed - before.Shed,
            Dropped = SocketDrops.Of(Port),
            Wrong = client.Wrong,
            PeakMebibytes = ProcessUsage.PeakOf(server.Id),
            WaitedSeconds = waited,
            CpuShare = (usage.User + usage.System) / Stopwatch.GetElapsedTime(floodBegan, floodEnded).TotalSeconds,
        };
    }

    private PinnedProcess StartFlood() => PinnedProcess.Start(
        OtherCore, Path.Combine(folder, "flood.log"), "chrt", "-o", "0", "nice", "-n", FloodNice, "dotnet", typeof(OverloadRun).Assembly.Location, FloodCommand.Name,
        Text(Port), Text(options.Rate), Text(options.Seconds));

    private (long Sent, long Began, long Ended) WaitForEnd(PinnedProcess flood)
    {
        var clock = Stopwatch.StartNew();
        while (!flood.Log.EndsWith('\n'))
        {
            if (flood.HasExited || clock.Elapsed > TimeSpan.FromSeconds(options.Seconds) + StartTimeout)
            {
                throw new InvalidOperationException($"the flood did not end as it should: {flood.Log}");
            }

            Thread.Sleep(20);
        }

        var numbers = flood.Log.Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }

    private static void WaitForAnswer(PinnedProcess server)
    {
        using var query = new AddressQuery(Port);
        var clock = Stopwatch.StartNew();
        while (query.Ask(AskedName) is null)
        {
            if (server.HasExited || clock.Elapsed > StartTimeout)
            {
                throw new InvalidOperationException($"the server does not answer: {server.Log}");
            }

            Thread.Sleep(20);
        }
    }

    private static string Corefile() => $$"""
        . {
            bind 127.0.0.1
            errors
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
                fallthrough in-addr.arpa ip6.arpa
            }
            prometheus 127.0.0.1:{{MetricsPort}}
            forward . 127.0.0.1:{{UpstreamPort}} {
                max_concurrent 1000
            }
            cache 30
            reload
            loadbalance
        }
        """;

    private static string Manifests() => Path.Combine(NativeBinary.Repository(), "deploy", "example");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
