using BenchmarkDotNet.Attributes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Measuring;

namespace ClusterDns.Benchmarks;

/// <summary>Everything is told again and nothing has changed: 10,000 Services with 150,000 endpoints, without JSON.</summary>
[MemoryDiagnoser]
public class RelistBenchmarks
{
    private ZoneWriter _writer = null!;
    private ClusterChange[] _relist = [];

    [GlobalSetup]
    public void SetUp()
    {
        var records = new ClusterRecords(new ClusterShape(10_000, 15));
        _writer = records.Fill();
        _relist = [.. records.Relist()];
    }

    [Benchmark]
    public void Relist()
    {
        foreach (var change in _relist)
        {
            _writer.Apply(change);
        }
    }
}
