using System.Collections.Concurrent;
using ClusterDns.Kubernetes.Snapshots;
using Prometheus;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Snapshots of clusters, by their files.</summary>
internal sealed class SnapshotMetrics : SnapshotObserver
{
    private const string Prefix = "clusterdns_kubernetes_snapshot_";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _inUse = new();
    private readonly TimeProvider _time;
    private readonly Gauge _isInUse;
    private readonly Gauge _age;
    private readonly Gauge _lastWrite;
    private readonly Counter _failures;

    public SnapshotMetrics(CollectorRegistry registry, TimeProvider time)
    {
        _time = time;
        var factory = Metrics.WithCustomRegistry(registry);
        _isInUse = factory.CreateGauge(Prefix + "in_use", "1 while names are answered from the snapshot, else 0.", ["path"]);
        _age = factory.CreateGauge(Prefix + "age_seconds", "Age of the snapshot that names are answered from, else 0.", ["path"]);
        _lastWrite = factory.CreateGauge(
            Prefix + "last_write_timestamp_seconds", "When the snapshot was last written, in seconds since 1970.", ["path"]);
        _failures = factory.CreateCounter(
            Prefix + "failures_total", "Snapshots that could not be written, and those that were refused when read.", ["path", "operation"]);
        registry.AddBeforeCollectCallback(SetAges);
    }

    public override void Restored(string path, DateTimeOffset takenAt)
    {
        _inUse[path] = takenAt;
        _isInUse.WithLabels(path).Set(1);
    }

    public override void Retired(string path)
    {
        _inUse.TryRemove(path, out _);
        _isInUse.WithLabels(path).Set(0);
        _age.WithLabels(path).Set(0);
    }

    public override void Written(string path, DateTimeOffset at) =>
        _lastWrite.WithLabels(path).Set(at.ToUnixTimeMilliseconds() / 1000.0);

    public override void WriteFailed(string path) => _failures.WithLabels(path, "write").Inc();

    public override void ReadFailed(string path) => _failures.WithLabels(path, "read").Inc();

    private void SetAges()
    {
        foreach (var (path, takenAt) in _inUse)
        {
            _age.WithLabels(path).Set((_time.GetUtcNow() - takenAt).TotalSeconds);
        }
    }
}
