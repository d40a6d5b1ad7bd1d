using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClusterDns.Testing.Deploy;

/// <summary>deploy/monitoring: the rules, and every expression of the dashboard.</summary>
public static partial class MonitoringFiles
{
    public const string Rules = "deploy/monitoring/rules.yaml";
    public const string RuleTests = "tests/ClusterDns.EndToEndTests/Deploy/rules-tests.yaml";
    public const string Dashboard = "deploy/monitoring/clusterdns.json";

    /// <summary>Recording rules and alerts in their order.</summary>
    public static IReadOnlyList<DeployedObject> AllRules =>
        [.. Groups.SelectMany(group => group.Parts("rules"))];

    public static IReadOnlyList<DeployedObject> Groups => Document(Rules).Parts("groups");

    public static IEnumerable<DeployedObject> Alerts => AllRules.Where(rule => rule.At("alert") is not null);

    public static IEnumerable<string> Recorded => AllRules.Where(rule => rule.At("record") is not null).Select(rule => rule.Text("record"));

    public static DeployedObject Document(string path) => new(YamlText.ReadAll(RepositoryFiles.Read(path)).Single());

    public static DeployedObject ReadDashboard() => new(JsonNode.Parse(RepositoryFiles.Read(Dashboard))!.AsObject());

    /// <summary>What the dashboard asks Prometheus, panels and annotations, as Grafana's text.</summary>
    public static IEnumerable<string> DashboardExpressions() =>
        Values(ReadDashboard().Content, "expr").Select(value => value.ToString());

    /// <summary>What its variables ask: <c>label_values(EXPRESSION, LABEL)</c>.</summary>
    public static IEnumerable<(string Expression, string Label)> DashboardLookUps() =>
        ReadDashboard().Parts("templating.list").Where(variable => variable.Text("type") == "query")
            .Select(variable => LabelValues().Match(variable.Text("query.query")))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    private static IEnumerable<JsonNode> Values(JsonNode? node, string name) => node switch
    {
        JsonObject entries => entries.SelectMany(entry => entry.Key == name ? [entry.Value!] : Values(entry.Value, name)),
        JsonArray items => items.SelectMany(item => Values(item, name)),
        _ => [],
    };

    [GeneratedRegex(@"^label_values\((.+), ([a-z]+)\)$")]
    private static partial Regex LabelValues();
}
