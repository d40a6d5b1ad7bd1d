using BenchmarkDotNet.Attributes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Measuring;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;

namespace ClusterDns.Benchmarks;

/// <summary>One query through the chain, always another Service: what the size of the cluster costs a query.</summary>
[MemoryDiagnoser]
public class ClusterSizeBenchmarks
{
    private const int Packets = 4096;
    private const int EndpointsPerService = 1;

    private readonly CountingReplyPath _path = new();
    private byte[][] _packets = [];
    private FakeApiServer _api = null!;
    private RunningServer _server = null!;
    private PacketHandler _handler = null!;
    private int _next;

    [Params(100, 100_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        var shape = new ClusterShape(Services, EndpointsPerService);
        _api = await FakeApiServer.StartAsync();
        var objects = new ClusterObjects(shape);
        Put(ResourceKind.Namespace, objects.Namespaces());
        Put(ResourceKind.Service, objects.Services());
        Put(ResourceKind.EndpointSlice, objects.Slices());
        _server = await RunningServer.StartAsync($$"""
            .:0 {
                bind 127.0.0.1
                errors
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    endpoint {{_api.Url}}
                    startup_timeout 60s
                }
                prometheus 127.0.0.1:0
                loadbalance
            }
            """);
        _handler = _server.CreateHandler();
        var random = new Random(53);
        _packets = [.. Enumerable.Range(0, Packets).Select(_ => QueryFactory.Packet(ClusterShape.DomainOf(random.Next(Services)) + ".", RecordType.A, udpSize: 1232))];
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await _server.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Benchmark]
    public void Answer() => _handler.Handle(_packets[_next++ % Packets], _path);

    private void Put(ResourceKind kind, IEnumerable<string> objects)
    {
        foreach (var text in objects)
        {
            _api.Put(kind, text);
        }
    }
}
