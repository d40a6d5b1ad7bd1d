using System.Text.RegularExpressions;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>The dashboard is what Grafana 11 takes. Whether its queries make sense is tested with promtool and a server.</summary>
[TestFixture]
internal sealed partial class DashboardTests
{
    /// <summary>Of Grafana 11.0; later ones read it, too.</summary>
    private const int SchemaVersion = 39;

    private const int Columns = 24;

    private static readonly string[] GrafanasOwn = ["__rate_interval", "datasource"];

    private static readonly DeployedObject Dashboard = MonitoringFiles.ReadDashboard();

    private static readonly IReadOnlyList<DeployedObject> All =
        [.. Dashboard.Parts("panels").SelectMany(panel => panel.Parts("panels").Prepend(panel))];

    private static IEnumerable<DeployedObject> Panels => All.Where(panel => panel.Text("type") != "row");

    [Test]
    public void Dashboard_Read_HasIdentityAndSchema()
    {
        Assert.That(Dashboard.At("id"), Is.Null, "Grafana gives it one");
        Assert.That(Dashboard.Text("uid"), Does.Match("^[a-z-]{1,40}$"));
        Assert.That(Dashboard.Text("schemaVersion"), Is.EqualTo($"{SchemaVersion}"));
    }

    [Test]
    public void Panels_AllOfThem_HaveIdsOfTheirOwn() =>
        Assert.That(All.Select(panel => panel.Text("id")), Is.Unique.And.All.Match("^[1-9][0-9]*$"));

    [Test]
    public void Panels_AllOfThem_SayWhatTheyShowAndWhatItMeans()
    {
        Assert.That(Panels.Count(), Is.GreaterThan(40));
        Assert.That(Panels.Select(panel => panel.Text("title")), Has.All.Not.Empty);
        Assert.That(Panels.Select(panel => panel.Text("description")), Has.All.Match(@"^\S.{20,}\.$"));
        Assert.That(
            Panels.Select(panel => panel.Text("type")).Distinct(),
            Is.SubsetOf(new[] { "stat", "timeseries", "heatmap", "table" }), "in every Grafana without a plugin");
    }

    [Test]
    public void Panels_AllOfThem_AskTheChosenDataSource()
    {
        foreach (var panel in Panels)
        {
            Assert.That(panel.Text("datasource.uid"), Is.EqualTo("${datasource}"), panel.Text("title"));
            Assert.That(panel.Parts("targets"), Is.Not.Empty);
            Assert.That(panel.Parts("targets").Select(target => target.Text("datasource.uid")), Is.All.EqualTo("${datasource}"));
            Assert.That(panel.Parts("targets").Select(target => target.Text("refId")), Is.Unique);
        }
    }

    [Test]
    public void Panels_OnTheGrid_DoNotOverlap()
    {
        var taken = new HashSet<(int X, int Y)>();
        foreach (var panel in Dashboard.Parts("panels"))
        {
            var (x, y) = (Number(panel, "x"), Number(panel, "y"));
            var cells = from column in Enumerable.Range(x, Number(panel, "w"))
                        from line in Enumerable.Range(y, Number(panel, "h"))
                        select (column, line);
            Assert.That(cells.All(cell => cell.column < Columns && taken.Add(cell)), panel.Text("title"));
        }
    }

    [Test]
    public void FirstRow_OfTheDashboard_TellsWhetherItIsHealthyNow()
    {
        var first = Dashboard.Parts("panels").Skip(1).TakeWhile(panel => Number(panel, "y") == 1).ToArray();

        Assert.That(first.Select(panel => panel.Text("type")), Is.All.EqualTo("stat"));
        Assert.That(first.Sum(panel => Number(panel, "w")), Is.EqualTo(Columns));
        Assert.That(first.Select(panel => panel.Parts("fieldConfig.defaults.thresholds.steps").Count), Is.All.GreaterThan(1));
    }

    [Test]
    public void Variables_ThatQueriesName_AreAllThereAndAllNamed()
    {
        var variables = Dashboard.Parts("templating.list").Select(variable => variable.Text("name")).ToArray();
        var named = MonitoringFiles.DashboardExpressions().Concat(MonitoringFiles.DashboardLookUps().Select(look => look.Expression))
            .SelectMany(expression => Variable().Matches(expression)).Select(match => match.Groups[1].Value).Distinct();

        Assert.That(variables, Is.EqualTo(["datasource", "job", "instance", "server", "zone"]));
        Assert.That(named.Except(GrafanasOwn), Is.EquivalentTo(variables.Except(GrafanasOwn)));
    }

    private static int Number(DeployedObject panel, string of) => (int)panel.At($"gridPos.{of}")!;

    [GeneratedRegex(@"\$\{?([A-Za-z_]+)")]
    private static partial Regex Variable();
}
