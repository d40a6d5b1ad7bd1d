using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>The chart's values, templates and README speak of the same things. What the templates render is tested with Helm.</summary>
[TestFixture]
internal sealed partial class ChartTests
{
    private const string Chart = "chart";

    // Values without a default: values.yaml shows them commented out.
    private static readonly string[] WithoutDefault =
    [
        "preStopSleep", "service.clusterIP", "service.clusterIPs", "service.loadBalancerIP", "service.loadBalancerClass",
        "service.externalIPs", "service.externalTrafficPolicy", "service.ipFamilyPolicy", "service.trafficDistribution",
    ];

    private static readonly DeployedObject Values = new(YamlText.ReadAll(DeployFolder.Read($"{Chart}/values.yaml")).Single());

    private static readonly string Templates = string.Concat(
        Directory.EnumerateFiles(DeployFolder.PathOf($"{Chart}/templates")).Order(StringComparer.Ordinal).Select(File.ReadAllText));

    [Test]
    public void Values_UsedByTemplates_HaveADefaultOrAComment()
    {
        foreach (var path in Used().Except(WithoutDefault))
        {
            Assert.That(Has(path), $"values.yaml has no {path}");
        }

        foreach (var path in WithoutDefault)
        {
            Assert.That(Used(), Does.Contain(path));
            Assert.That(DeployFolder.Read($"{Chart}/values.yaml"), Does.Match($@"# {path.Split('.')[^1]}: "));
        }
    }

    [Test]
    public void Values_WithADefault_AreUsedByATemplate()
    {
        foreach (var (name, value) in Values.Content)
        {
            var paths = value is JsonObject { Count: > 0 } group ? group.Select(entry => $"{name}.{entry.Key}") : [name];
            foreach (var path in paths)
            {
                Assert.That(
                    Used().Any(used => used == path || used == name || used.StartsWith($"{path}.", StringComparison.Ordinal)),
                    $"no template uses {path}");
            }
        }
    }

    [Test]
    public void Readme_Read_NamesEveryValue()
    {
        var readme = DeployFolder.Read($"{Chart}/README.md");

        foreach (var path in Used())
        {
            var last = path.Split('.')[^1];
            Assert.That(readme, Does.Match($@"`(\S*\.)?{Regex.Escape(last)}(\[\])?(\.\w+)*`"), $"README.md has no {path}");
        }
    }

    [Test]
    public void ValuesForKubeadm_Read_AreValuesOfTheChart()
    {
        var kubeadm = YamlText.ReadAll(DeployFolder.Read($"{Chart}/values-kubeadm.yaml")).Single();
        foreach (var (name, value) in kubeadm)
        {
            Assert.That(Used().Any(used => used == name || used.StartsWith($"{name}.", StringComparison.Ordinal)), name);
            Assert.That((value as JsonObject ?? []).Select(entry => $"{name}.{entry.Key}"), Is.SubsetOf(Used()));
        }
    }

    [Test]
    public void Chart_Compared_IsThisVersion()
    {
        var chart = new DeployedObject(YamlText.ReadAll(DeployFolder.Read($"{Chart}/Chart.yaml")).Single());
        var props = RepositoryFiles.Read("Directory.Build.props");

        Assert.That(props, Does.Contain($"<Version>{chart.Text("version")}</Version>"));
        Assert.That(props, Does.Contain($"<Version>{chart.Text("appVersion")}</Version>"));
    }

    [Test]
    public void Defaults_Compared_AreTheKustomizationsWhereBothHaveThem()
    {
        var deployment = DeployFolder.Object("base/deployment.yaml", "Deployment");
        var pod = "spec.template.spec";
        var container = $"{pod}.containers[0]";
        (string Value, string Path)[] pairs =
        [
            ("replicaCount", "spec.replicas"),
            ("rollingUpdate", "spec.strategy.rollingUpdate"),
            ("resources", $"{container}.resources"),
            ("securityContext", $"{container}.securityContext"),
            ("podSecurityContext", $"{pod}.securityContext"),
            ("priorityClassName", $"{pod}.priorityClassName"),
            ("terminationGracePeriodSeconds", $"{pod}.terminationGracePeriodSeconds"),
            ("nodeSelector", $"{pod}.nodeSelector"),
            ("tolerations", $"{pod}.tolerations"),
            ("deployment.dnsPolicy", $"{pod}.dnsPolicy"),
            ("image.repository", $"{container}.image"),
        ];

        foreach (var (value, path) in pairs)
        {
            Assert.That(JsonNode.DeepEquals(Values.At(value), deployment.At(path)), $"{value} is not {path}");
        }
    }

    private static bool Has(string path)
    {
        var steps = path.Split('.');
        var parent = steps.Length == 1 ? Values.Content : Values.At(string.Join('.', steps[..^1])) as JsonObject;
        return parent?.ContainsKey(steps[^1]) == true;
    }

    private static HashSet<string> Used() => [.. ValueReference().Matches(Templates).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"\.Values\.([A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)")]
    private static partial Regex ValueReference();
}
