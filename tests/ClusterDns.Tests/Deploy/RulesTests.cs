using System.Text.RegularExpressions;
using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>Every alert says what is wrong and what to do, and is tested. promtool runs those tests.</summary>
[TestFixture]
internal sealed partial class RulesTests
{
    private const string Healthy = "Healthy";

    private static readonly IReadOnlyList<DeployedObject> Alerts = [.. MonitoringFiles.Alerts];

    private static readonly IReadOnlyList<DeployedObject> Tests = MonitoringFiles.Document(MonitoringFiles.RuleTests).Parts("tests");

    private static IEnumerable<TestCaseData> EachAlert => Alerts.Select(alert => new TestCaseData(alert).SetArgDisplayNames(NameOf(alert)));

    [TestCaseSource(nameof(EachAlert))]
    public void Alert_Read_SaysWhatIsWrongHowBadAndWhatToDo(DeployedObject alert)
    {
        Assert.That(alert.Text("alert"), Does.Match("^ClusterDns[A-Z][A-Za-z]+$"));
        Assert.That(alert.Text("labels.severity"), Is.AnyOf("critical", "warning", "info"));
        Assert.That(alert.Map("annotations").Keys, Is.EquivalentTo(["summary", "description", "runbook"]));
        Assert.That(alert.Map("annotations").Values, Has.All.Match(@"^\S.*\.$"), "sentences");
        Assert.That(alert.Text("annotations.summary"), Does.Not.Contain("{{"), "one line for every instance");
    }

    [TestCaseSource(nameof(EachAlert))]
    public void Alert_WithoutAFor_LooksBackOverAWindowInstead(DeployedObject alert)
    {
        if (alert.At("for") is null)
        {
            Assert.That(alert.Text("expr"), Does.Match(@"(increase|resets)\([a-z_]+\[(10|30)m\]|(increase|resets)\([a-z_]+\[1h\]"));
        }
        else
        {
            Assert.That(alert.Text("for"), Does.Match("^([2-9]|[1-9][0-9])m$|^1h$"));
        }
    }

    [TestCaseSource(nameof(EachAlert))]
    public void Alert_InThePromtoolTests_FiresOnceAndOnceDoesNot(DeployedObject alert)
    {
        var checks = Tests.Where(test => test.Text("name") != Healthy)
            .SelectMany(test => test.Parts("promql_expr_test"))
            .Where(check => check.Text("expr").Contains(
                $"""alertname="{alert.Text("alert")}", severity="{alert.Text("labels.severity")}", alertstate="firing" """.Trim(),
                StringComparison.Ordinal))
            .ToArray();

        Assert.That(checks.Any(check => check.Items("exp_samples").Count > 0), "fires");
        Assert.That(checks.Any(check => check.Items("exp_samples").Count == 0), "does not fire");
    }

    [Test]
    public void ServersThatAreWell_InThePromtoolTests_ShowEveryMetricOfEveryRule()
    {
        var shown = Tests.Single(test => test.Text("name") == Healthy).Parts("input_series")
            .Select(series => series.Text("series").Split('{')[0]);
        var used = MonitoringFiles.AllRules.SelectMany(rule => MetricUse.AllIn(rule.Text("expr"))).Select(use => use.Metric).Distinct();

        Assert.That(used.Except(MonitoringFiles.Recorded).Except(shown), Is.Empty);
    }

    [Test]
    public void RecordedRules_EachOfThem_IsNamedByItsLabelsMetricAndOperation() =>
        Assert.That(MonitoringFiles.Recorded, Is.Unique.And.All.Match("^job(_[a-z]+)?:[a-z_]+:[a-z0-9_]+$"));

    [Test]
    public void Manifest_ForTheOperator_HasTheRulesOfTheFile() =>
        Assert.That(
            DeployFolder.Object("monitoring/prometheus-rule.yaml", "PrometheusRule").At("spec")!.ToJsonString(),
            Is.EqualTo(MonitoringFiles.Document(MonitoringFiles.Rules).Content.ToJsonString()));

    [TestCase(MonitoringFiles.Rules)]
    [TestCase(MonitoringFiles.Dashboard)]
    public void Copy_OfTheChart_IsTheSame(string path)
    {
        var copy = $"deploy/chart/files/{Path.GetFileName(path)}";
        Assert.That(RepositoryFiles.Read(copy), Is.EqualTo(RepositoryFiles.Read(path)), $"cp {path} {copy}");
    }

    [Test]
    public void Commands_InRunbooks_NameObjectsThatAreDeployed()
    {
        var role = DeployFolder.Object("base/access.yaml", "ClusterRole").Name;
        var all = string.Join('\n', Alerts.Select(alert => alert.Text("annotations.runbook")));

        Assert.That(RoleName().Matches(all).Select(match => match.Groups[1].Value), Is.Not.Empty.And.All.EqualTo(role));
    }

    private static string NameOf(DeployedObject alert) => $"{alert.Text("alert")}, {alert.Text("labels.severity")}";

    [GeneratedRegex("ClusterRole ([a-z:]+)")]
    private static partial Regex RoleName();
}
