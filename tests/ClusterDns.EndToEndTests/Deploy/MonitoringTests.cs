using System.Text.Json;
using ClusterDns.Plugins.Reload;
using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Deploy;

/// <summary>Rules and dashboard as Prometheus understands them, and as the server's metrics answer them.</summary>
[TestFixture]
internal sealed class MonitoringTests
{
    // Of Prometheus itself, of kube-state-metrics and of the kubelet's cAdvisor.
    private static readonly string[] Foreign =
    [
        "up", "ALERTS",
        "kube_pod_container_status_waiting_reason", "kube_pod_container_resource_limits", "container_memory_working_set_bytes",
    ];

    // Families that show no labels before something goes wrong, or may take longer than a test.
    private static readonly Dictionary<string, string> Quiet = new()
    {
        ["clusterdns_kubernetes_snapshot_age_seconds"] = "path",
        ["clusterdns_kubernetes_snapshot_failures_total"] = "path,operation",
        ["clusterdns_kubernetes_snapshot_in_use"] = "path",
        ["clusterdns_kubernetes_snapshot_last_write_timestamp_seconds"] = "path",
        ["clusterdns_kubernetes_watch_reconnects_total"] = "kind,host,reason",
        ["clusterdns_kubernetes_watch_relists_total"] = "kind,host,reason",
        ["coredns_acl_dropped_requests_total"] = "server,zone,view",
        ["coredns_cache_drops_total"] = "server,zones,view",
        ["coredns_cache_prefetch_total"] = "server,zones,view",
        ["coredns_cache_served_stale_total"] = "server,zones,view",
    };

    // What a scrape adds.
    private static readonly string[] Everywhere = ["job", "instance", "namespace", "pod"];

    [Test]
    public async Task Rules_Checked_AreUnderstood() =>
        Assert.That(
            await DeployTool.RunAsync("promtool", "check", "rules", MonitoringFiles.Rules),
            Does.Contain($"SUCCESS: {MonitoringFiles.AllRules.Count} rules found"));

    [Test]
    public async Task Rules_Tested_FireWhenTheyShallAndOnlyThen() =>
        Assert.That(await DeployTool.RunAsync("promtool", "test", "rules", MonitoringFiles.RuleTests), Does.Contain("SUCCESS"));

    [Test]
    public async Task Dashboard_EachExpression_IsUnderstood()
    {
        var expressions = MonitoringFiles.DashboardExpressions()
            .Concat(MonitoringFiles.DashboardLookUps().Select(look => look.Expression))
            .Select(expression => expression.Replace("$__rate_interval", "5m", StringComparison.Ordinal)).ToArray();
        // JSON is YAML.
        var rules = JsonSerializer.Serialize(new
        {
            groups = new[]
            {
                new { name = "dashboard", rules = expressions.Select((expr, index) => new { record = $"panel:{index}", expr }) },
            },
        });
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, rules);

            Assert.That(await DeployTool.RunAsync("promtool", "check", "rules", path), Does.Contain($"SUCCESS: {expressions.Length} rules found"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Expressions_OfRulesAndDashboard_NameOnlyWhatTheServerExports()
    {
        var page = await PageAsync();
        var recorded = MonitoringFiles.Recorded.ToHashSet();
        var uses = MonitoringFiles.AllRules.Select(rule => rule.Text("expr"))
            .Concat(MonitoringFiles.DashboardExpressions())
            .SelectMany(MetricUse.AllIn)
            .Concat(MonitoringFiles.DashboardLookUps().SelectMany(look => MetricUse.AllIn($"sum by ({look.Label}) ({look.Expression})")))
            .Where(use => !Foreign.Contains(use.Metric))
            .ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(uses, Has.Length.GreaterThan(100));
            Assert.That(uses.Select(use => use.Metric).Distinct().Where(name => !page.Has(name) && !recorded.Contains(name)), Is.Empty);
            Assert.That(
                uses.Where(use => page.Has(use.Metric) || recorded.Contains(use.Metric))
                    .SelectMany(use => use.Labels.Except(LabelsOf(use.Metric, page)).Select(label => $"{use.Metric} has no {label}")).Distinct(),
                Is.Empty);
            Assert.That(
                Quiet.Where(pair => page.LabelsOf(pair.Key).Count > 0 && !page.LabelsOf(pair.Key).SetEquals(pair.Value.Split(','))),
                Is.Empty,
                "shown with other labels");
        }
    }

    // A recorded name begins with its labels: job_to:...
    private static IEnumerable<string> LabelsOf(string name, MetricsText page) => Everywhere.Concat(
        !page.Has(name) ? name.Split(':')[0].Split('_') : Quiet.TryGetValue(name, out var labels) ? labels.Split(',') : page.LabelsOf(name));

    private static async Task<MetricsText> PageAsync()
    {
        await using var api = await FakeApiServer.StartAsync();
        await using var upstream = new FakeUpstream("www.example.org. 3600 A 192.0.2.1");
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await using var server = await RunningServer.StartAsync(EveryPlugin.Corefile(
                upstream,
                $"""
                endpoint {api.Url}
                        snapshot {folder.FullName}/names
                """));
            await EveryPlugin.ExerciseAsync(server);
            // The process makes these when it begins to watch its Corefile, which this server does not have as a file.
            new ReloadMetrics(server.Services.Registry).SetRunning("a1");
            return new MetricsText(await EveryPlugin.PageAsync(server));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
