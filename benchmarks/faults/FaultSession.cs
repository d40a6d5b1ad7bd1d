using ClusterDns.Kubernetes.Objects;
using ClusterDns.Measuring;
using ClusterDns.Testing;
using ClusterDns.Testing.Faults;

namespace ClusterDns.Faults;

/// <summary>Runs the table of faults against the binary.</summary>
internal sealed class FaultSession(FaultOptions options, string binary, string folder)
{
    private static readonly TimeSpan RestTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QuickHold = TimeSpan.FromSeconds(10);

    /// <summary>For what has no limit of its own: longer than the slowest fault takes to be found out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    public async Task<FaultReport> RunAsync(Uri? apiServer)
    {
        var report = new FaultReport();
        if (apiServer is not null)
        {
            await using var real = new HttpFaultyCluster(apiServer);
            await RunAllAsync(real, report);
            return report;
        }

        await using var fake = await FakeApiServer.StartAsync();
        Fill(fake);
        await RunAllAsync(new FakeFaultyCluster(fake), report);
        return report;
    }

    private void Fill(FakeApiServer api)
    {
        var objects = new ClusterObjects(new ClusterShape(options.Services, options.EndpointsPerService));
        IEnumerable<(ResourceKind Kind, string Text)> all =
        [
            .. objects.Namespaces().Select(text => (ResourceKind.Namespace, text)),
            .. objects.Services().Select(text => (ResourceKind.Service, text)),
            .. objects.Slices().Select(text => (ResourceKind.EndpointSlice, text)),
        ];
        foreach (var (kind, text) in all)
        {
            api.Put(kind, text);
        }

        api.Compact();
    }

    private async Task RunAllAsync(IFaultyCluster cluster, FaultReport report)
    {
        foreach (var fault in FaultCases.All.Where(IsWanted))
        {
            Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {fault.Name}");
            try
            {
                await RunAsync(cluster, options.IsQuick && fault.Hold > QuickHold ? fault with { Hold = QuickHold } : fault, report);
            }
            catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
            {
                report.AddFailure(fault, failure.Message.ReplaceLineEndings(" "));
            }
        }
    }

    private async Task RunAsync(IFaultyCluster cluster, FaultCase fault, FaultReport report)
    {
        using var server = new BinaryServer(binary, folder);
        var rest = 0d;
        var peak = 0d;
        var run = new FaultRun(cluster, server, scale: 1, Patience)
        {
            AtRest = () =>
            {
                Thread.Sleep(RestTime);
                rest = ProcessUsage.MemoryOfTree(server.ProcessId);
                ProcessUsage.ForgetPeak(server.ProcessId);
            },
            AtEnd = () => peak = ProcessUsage.PeakOf(server.ProcessId),
        };
        report.Add(await run.RunAsync(fault), rest, peak);
    }

    private bool IsWanted(FaultCase fault) =>
        options.Faults.Count == 0 || options.Faults.Any(text => fault.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
}
