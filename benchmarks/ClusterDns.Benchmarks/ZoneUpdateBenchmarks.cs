using BenchmarkDotNet.Attributes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Measuring;

namespace ClusterDns.Benchmarks;

/// <summary>One event is written into the zone: it shall cost the same in a large cluster as in a small one.</summary>
[MemoryDiagnoser]
public class ZoneUpdateBenchmarks
{
    private const int EndpointsPerService = 3;
    private const int Changed = 55;

    private ZoneWriter _writer = null!;
    private ClusterChange[] _services = [];
    private ClusterChange[] _slices = [];
    private int _next;

    [Params(100, 10_000, 100_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var records = new ClusterRecords(new ClusterShape(Services, EndpointsPerService));
        _writer = records.Fill();
        _services = [records.Service(Changed, turn: 1), records.Service(Changed)];
        _slices = [records.Slice(Changed, missing: 1), records.Slice(Changed)];
    }

    [Benchmark]
    public void ServiceGetsAnotherAddress() => _writer.Apply(_services[_next++ & 1]);

    [Benchmark]
    public void SliceGainsOrLosesAnEndpoint() => _writer.Apply(_slices[_next++ & 1]);
}
