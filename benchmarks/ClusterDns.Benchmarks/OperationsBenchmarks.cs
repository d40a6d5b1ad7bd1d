using System.Text;
using BenchmarkDotNet.Attributes;
using ClusterDns.Corefile;
using ClusterDns.Plugins;
using ClusterDns.Testing;

namespace ClusterDns.Benchmarks;

/// <summary>What happens beside the queries: a Corefile is read, the metrics are asked for.</summary>
[MemoryDiagnoser]
public class OperationsBenchmarks
{
    private readonly byte[] _corefile = Encoding.UTF8.GetBytes(RepositoryFiles.Read("Corefile.sample"));
    private readonly CorefileLoader _loader = new(new DiskFiles(), Environment.GetEnvironmentVariable, [.. PluginOrder.Names]);
    private readonly MemoryStream _page = new();
    private RunningServer _server = null!;

    [GlobalSetup]
    public async Task SetUp() => _server = await RunningServer.StartAsync(
        """
        .:0 {
            bind 127.0.0.1
            errors
            prometheus 127.0.0.1:0
            kubernetes cluster.local in-addr.arpa ip6.arpa
        }
        """,
        RepositoryFiles.PathOf("deploy/example"));

    [GlobalCleanup]
    public async Task CleanUp() => await _server.DisposeAsync();

    [Benchmark]
    public object LoadCorefile()
    {
        using var text = new MemoryStream(_corefile);
        return _loader.LoadStandardInput(text);
    }

    [Benchmark]
    public async Task ScrapeMetrics()
    {
        _page.SetLength(0);
        await _server.Services.Registry.CollectAndExportAsTextAsync(_page);
    }
}
