using System.Diagnostics;
using System.Globalization;
using System.Net;
using ClusterDns.Measuring;

namespace ClusterDns.Scale;

/// <summary>Starts the binary for one size and measures it.</summary>
internal sealed class ScaleRun(ClusterSize size, string binary, string folder, bool isQuick)
{
    private const int Port = 15553;
    private const int ServerCore = 0;
    private const int LoadCore = 1;
    private const int QueriesPerSecond = 5_000;
    private const int Probes = 200;
    private const int ProbedServices = 900;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(15);

    private int _service;
    private int _turn = 1;

    public SizeResult Run()
    {
        var result = new SizeResult(size);
        using var api = size.Shape is { } shape ? new ApiServerProcess(shape, size.HasPods) : null;
        result.ListSeconds = api is null ? 0 : ListSeconds(api.Url);
        using var query = new AddressQuery(Port);
        using var server = Start(api?.Url, query, result);
        Thread.Sleep(RestTime);
        result.Steady = ProcessUsage.MemoryOfTree(server.Id);
        Console.WriteLine($"{size.Title}: first answer after {result.FirstAnswerSeconds:0.00} s, then {result.Steady:0.0} MiB");
        if (api is not null)
        {
            Relist(api, server, query, result);
        }

        if (size.HasChanges)
        {
            foreach (var changes in (int[])[20, 100, 1000])
            {
                result.Changes.Add((changes, MeasureChanges(api!, query, changes)));
            }
        }

        return result;
    }

    private PinnedProcess Start(Uri? api, AddressQuery query, SizeResult result)
    {
        var corefile = Path.Combine(folder, "Corefile");
        File.WriteAllText(corefile, $$"""
            .:{{Port}} {
                bind 127.0.0.1
                errors
                health 127.0.0.1:0
                ready 127.0.0.1:0
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    {{(api is null ? "" : $"endpoint {api}")}}
                    pods {{(size.HasPods ? "verified" : "insecure")}}
                    ttl 30
                    startup_timeout 60s
                }
                prometheus 127.0.0.1:0
                loadbalance
            }

            """);
        string[] manifests = api is null ? ["--manifests", Path.Combine(NativeBinary.Repository(), "deploy/example")] : [];
        var name = size.Shape is null ? "backend-service.example.svc.cluster.local" : ClusterShape.DomainOf(size.Shape.LargeHeadlessService - 1);
        var clock = Stopwatch.StartNew();
        var server = PinnedProcess.Start(ServerCore, Path.Combine(folder, "server.log"), [binary, "-conf", corefile, .. manifests]);
        while (query.Ask(name) is null)
        {
            if (clock.Elapsed > StartTimeout || server.HasExited)
            {
                var log = server.Log;
                server.Dispose();
                throw new InvalidOperationException($"no answer within a minute:\n{log}");
            }

            Thread.Sleep(1);
        }

        result.FirstAnswerSeconds = clock.Elapsed.TotalSeconds;
        result.FirstAnswerUsage = ProcessUsage.OfTree(server.Id);
        result.PeakOfStart = ProcessUsage.PeakOf(server.Id);
        return server;
    }

    private void Relist(ApiServerProcess api, PinnedProcess server, AddressQuery query, SizeResult result)
    {
        ProcessUsage.ForgetPeak(server.Id);
        api.ForceRelist();
        Probe(api, query);
        Thread.Sleep(RestTime);
        result.PeakOfRelist = ProcessUsage.PeakOf(server.Id);
        result.SteadyAfterRelist = ProcessUsage.MemoryOfTree(server.Id);
        Console.WriteLine($"  relist: {result.PeakOfRelist:0.0} MiB at the most, {result.SteadyAfterRelist:0.0} MiB at rest");
    }

    private Quantiles MeasureChanges(ApiServerProcess api, AddressQuery query, int perSecond)
    {
        var queries = Path.Combine(folder, "queries");
        File.WriteAllLines(queries, Enumerable.Range(1, ProbedServices).Select(service => ClusterShape.DomainOf(service) + " A"));
        using var load = PinnedProcess.Start(
            LoadCore, queries + ".out", "dnsperf", "-s", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-d", queries,
            "-l", "60", "-Q", QueriesPerSecond.ToString(CultureInfo.InvariantCulture));
        api.SetChanges(perSecond);
        var latencies = new List<double>();
        for (var probe = 0; probe < (isQuick ? Probes / 4 : Probes); probe++)
        {
            Thread.Sleep(ProbePause);
            latencies.Add(Probe(api, query));
        }

        api.SetChanges(0);
        var result = new Quantiles(latencies);
        Console.WriteLine($"  {perSecond} changes a second: p50 {result.Median * 1e3:0.00} ms, p99 {result.At(0.99) * 1e3:0.00} ms");
        return result;
    }

    // Seconds until the Service's new address is answered.
    private double Probe(ApiServerProcess api, AddressQuery query)
    {
        var service = NextService();
        var wanted = IPAddress.Parse(ClusterShape.AddressOf(service, _turn));
        var domain = ClusterShape.DomainOf(service);
        var seen = 0L;
        var began = api.Probe(service, _turn, () =>
        {
            var clock = Stopwatch.StartNew();
            while (!wanted.Equals(query.Ask(domain)))
            {
                if (clock.Elapsed > ChangeTimeout)
                {
                    throw new InvalidOperationException($"a change was not answered within {ChangeTimeout}");
                }
            }

            seen = Stopwatch.GetTimestamp();
        });
        return Stopwatch.GetElapsedTime(began, seen).TotalSeconds;
    }

    // An address that this Service has not had yet.
    private int NextService()
    {
        do
        {
            _turn += _service == ProbedServices ? 1 : 0;
            _service = (_service % ProbedServices) + 1;
        }
        while (size.Shape!.IsHeadless(_service));

        return _service;
    }

    private double ListSeconds(Uri api)
    {
        using var client = new HttpClient();
        string[] lists = ["api/v1/namespaces", "api/v1/services", "apis/discovery.k8s.io/v1/endpointslices", .. size.HasPods ? ["api/v1/pods"] : (string[])[]];
        var clock = Stopwatch.StartNew();
        foreach (var list in lists)
        {
            using var answer = client.GetStreamAsync(new Uri(api, list)).GetAwaiter().GetResult();
            answer.CopyTo(Stream.Null);
        }

        return clock.Elapsed.TotalSeconds;
    }
}
