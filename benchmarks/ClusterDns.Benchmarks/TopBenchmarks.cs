using BenchmarkDotNet.Attributes;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;

namespace ClusterDns.Benchmarks;

/// <summary>
/// One query from packet to finished reply, without sockets, through errors, prometheus, kubernetes and loadbalance: without
/// <c>top</c>, and with it at several rates. Half of the queries are for one Service, the others for many names that do not
/// exist, so the sketches are full and a counter changes hands with every other sample.
/// </summary>
[MemoryDiagnoser]
public class TopBenchmarks
{
    private const int Packets = 4096;

    private readonly CountingReplyPath _path = new();
    private readonly byte[][] _packets =
    [
        .. Enumerable.Range(0, Packets).Select(i => QueryFactory.Packet(
            i % 2 == 0 ? "backend-service.example.svc.cluster.local." : $"missing-{i}.example.svc.cluster.local.",
            RecordType.A,
            udpSize: 1232)),
    ];

    private RunningServer _server = null!;
    private PacketHandler _handler = null!;
    private int _next;

    /// <summary>One in so many queries is looked at; 0 without the plugin.</summary>
    [Params(0, 128, 16, 1)]
    public int Sample { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        var top = Sample == 0 ? "" : $"top {{\n sample {Sample}\n }}";
        _server = await RunningServer.StartAsync(
            $$"""
            .:0 {
                bind 127.0.0.1
                errors
                {{top}}
                prometheus 127.0.0.1:0
                kubernetes cluster.local {
                    pods verified
                }
                loadbalance
            }
            """,
            RepositoryFiles.PathOf("deploy/example"));
        _handler = _server.CreateHandler();
    }

    [GlobalCleanup]
    public async Task CleanUp() => await _server.DisposeAsync();

    [Benchmark]
    public void Answer() => _handler.Handle(_packets[_next++ & (Packets - 1)], _path);
}
