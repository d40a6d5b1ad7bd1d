using System.Text;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Testing;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Kubernetes;

internal sealed class SnapshotMetricsTests
{
    private const string Prefix = "clusterdns_kubernetes_snapshot_";

    [Test]
    public async Task Snapshot_ThroughItsLife_IsShown()
    {
        var registry = Metrics.NewCustomRegistry();
        var clock = new ManualClock();
        var metrics = new SnapshotMetrics(registry, clock);
        metrics.Restored("/names", clock.GetUtcNow() - TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(2));
        var used = await CollectAsync(registry);
        metrics.Retired("/names");
        metrics.Written("/names", DateTimeOffset.FromUnixTimeMilliseconds(1_500));
        metrics.WriteFailed("/names");
        metrics.ReadFailed("/names");
        metrics.ReadFailed("/names");
        var text = await CollectAsync(registry);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(used, Does.Contain(Prefix + "in_use{path=\"/names\"} 1\n").And.Contain(Prefix + "age_seconds{path=\"/names\"} 32\n"));
            Assert.That(text, Does.Contain(Prefix + "in_use{path=\"/names\"} 0\n").And.Contain(Prefix + "age_seconds{path=\"/names\"} 0\n"));
            Assert.That(text, Does.Contain(Prefix + "last_write_timestamp_seconds{path=\"/names\"} 1.5\n"));
            Assert.That(text, Does.Contain(Prefix + "failures_total{path=\"/names\",operation=\"write\"} 1\n"));
            Assert.That(text, Does.Contain(Prefix + "failures_total{path=\"/names\",operation=\"read\"} 2\n"));
        }
    }

    private static async Task<string> CollectAsync(CollectorRegistry registry)
    {
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
