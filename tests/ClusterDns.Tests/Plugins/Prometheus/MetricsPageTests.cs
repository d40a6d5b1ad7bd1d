using System.Diagnostics;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Prometheus;

[TestFixture]
internal sealed class MetricsPageTests
{
    [Test]
    public async Task Page_OfARunningProcess_IsTextFormatWithBuildAndProcess()
    {
        await using var fixture = new PluginFixture(PrometheusDirective.Descriptor, "prometheus");
        await using var pages = await PageFixture.OpenAsync(fixture);
        var (status, type, text) = await pages.GetAsync("/metrics");
        using var self = Process.GetCurrentProcess();
        var values = text.Split('\n')
            .Where(line => line.StartsWith("process_", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => double.Parse(words[1]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status, type), Is.EqualTo((200, "text/plain; version=0.0.4; charset=utf-8")));
            Assert.That(text, Does.Match("coredns_build_info\\{version=\"[^\"]+\",revision=\"[^\"]*\",goversion=\".NET [^\"]+\"\\} 1\n"));
            Assert.That(
                values.Keys,
                Is.EquivalentTo(
                [
                    "process_cpu_seconds_total", "process_resident_memory_bytes", "process_virtual_memory_bytes",
                    "process_start_time_seconds", "process_open_fds", "process_max_fds",
                ]));
            Assert.That(values.Values, Has.All.Positive);
            Assert.That(values["process_virtual_memory_bytes"], Is.GreaterThan(values["process_resident_memory_bytes"]));
            Assert.That(
                values["process_start_time_seconds"],
                Is.EqualTo(new DateTimeOffset(self.StartTime).ToUnixTimeSeconds()).Within(3));
        }
    }

    [Test]
    public async Task Page_TwoBlocksOnOneAddress_IsOnePage()
    {
        await using var fixture = new PluginFixture(PrometheusDirective.Descriptor, "prometheus :9153");
        PrometheusDirective.Descriptor.SetUp(PluginFixture.Parse("prometheus :9153"), fixture.Block);
        await using var pages = await PageFixture.OpenAsync(fixture);

        Assert.That((await pages.GetAsync("/metrics")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task RuntimeMetrics_AskedForTwice_AreThereOnce()
    {
        await using var fixture = new PluginFixture(PrometheusDirective.Descriptor, "prometheus {\n runtime_metrics\n}");
        fixture.Services.Metrics.EnableRuntimeMetrics();
        var page = await fixture.ScrapeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Has.Exactly(1).StartsWith("dotnet_gc_heap_bytes "));
            Assert.That(page, Has.Exactly(GC.MaxGeneration + 1).StartsWith("dotnet_gc_collections_total{"));
        }
    }

    [Test]
    public async Task RuntimeMetrics_NotAskedFor_AreNotThere()
    {
        await using var fixture = new PluginFixture(PrometheusDirective.Descriptor, "prometheus");

        Assert.That(await fixture.ScrapeAsync(), Has.None.StartsWith("dotnet_"));
    }

    [Test]
    public async Task EnabledPlugins_DuringAReload_StayUntilTheLastConfigurationWithThemStops()
    {
        const string line = "coredns_plugin_enabled{server=\"dns://:53\",zone=\"example.org.\",view=\"\",name=\"stub\"} 1";
        await using var fixture = new PluginFixture(PrometheusDirective.Descriptor, "prometheus");
        fixture.Block.Add(new StubPlugin(_ => ServeResult.Answered));
        fixture.Block.ServerLabels.Add("dns://:53");
        await fixture.StartAsync();
        var next = fixture.Services.Metrics.EnabledPlugins.Hold(fixture.Block);
        await fixture.StopAsync();
        var afterReload = await fixture.ScrapeAsync();
        fixture.Services.Metrics.EnabledPlugins.Release(next);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(afterReload, Does.Contain(line));
            Assert.That(afterReload, Has.Exactly(2).StartsWith("coredns_plugin_enabled"));
            Assert.That(await fixture.ScrapeAsync(), Has.None.StartsWith("coredns_plugin_enabled"));
        }
    }
}
