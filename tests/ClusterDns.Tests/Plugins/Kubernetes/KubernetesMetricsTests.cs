using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Kubernetes;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Kubernetes;

internal sealed class KubernetesMetricsTests
{
    private const string Name = "coredns_kubernetes_dns_programming_duration_seconds";

    [Test]
    public async Task Events_OfEachKind_AreCountedUnderTheReferencesNames()
    {
        var registry = Metrics.NewCustomRegistry();
        var metrics = new KubernetesMetrics(registry);
        metrics.ObserveProgramming(ServiceKind.ClusterIP, TimeSpan.FromMilliseconds(3));
        metrics.ObserveProgramming(ServiceKind.Headless, TimeSpan.FromMinutes(20));
        metrics.ObserveProgramming(ServiceKind.ExternalName, TimeSpan.FromSeconds(1));

        var text = await Collect(registry);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain($"{Name}_bucket{{service_kind=\"cluster_ip\",le=\"0.002\"}} 0"));
            Assert.That(text, Does.Contain($"{Name}_bucket{{service_kind=\"cluster_ip\",le=\"0.004\"}} 1"));
            Assert.That(text, Does.Contain($"{Name}_bucket{{service_kind=\"headless_with_selector\",le=\"524.288\"}} 0"));
            Assert.That(text, Does.Contain($"{Name}_count{{service_kind=\"headless_with_selector\"}} 1"));
            Assert.That(text.Split("_bucket{service_kind=\"cluster_ip\"").Length - 1, Is.EqualTo(21));
        }
    }

    [Test]
    public async Task SecondCluster_OfOneServer_SharesTheMetric()
    {
        var registry = Metrics.NewCustomRegistry();
        new KubernetesMetrics(registry).ObserveProgramming(ServiceKind.ClusterIP, TimeSpan.Zero);
        new KubernetesMetrics(registry).ObserveProgramming(ServiceKind.ClusterIP, TimeSpan.Zero);
        Assert.That(await Collect(registry), Does.Contain($"{Name}_count{{service_kind=\"cluster_ip\"}} 2"));
    }

    private static async Task<string> Collect(CollectorRegistry registry)
    {
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
