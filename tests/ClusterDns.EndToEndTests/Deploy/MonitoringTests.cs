using System.Text.Json;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Deploy;

/// <summary>Rules and dashboard as Prometheus understands them.</summary>
[TestFixture]
internal sealed class MonitoringTests
{
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
}
