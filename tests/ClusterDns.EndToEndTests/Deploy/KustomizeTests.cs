using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Deploy;

/// <summary>What `kubectl apply -k` would apply.</summary>
[TestFixture]
internal sealed class KustomizeTests
{
    private const string Everything = "deploy";

    [Test]
    public async Task Deploy_Rendered_IsWhatKubeadmMakesAndADisruptionBudget()
    {
        var objects = await DeployTool.KustomizeAsync(Everything);

        DeployExpectations.AssertWhole(objects);
        Assert.That(objects.Select(manifest => manifest.ToString()), Is.EquivalentTo([
            "ServiceAccount/coredns", "ClusterRole/system:coredns", "ClusterRoleBinding/system:coredns", "ConfigMap/coredns",
            "Deployment/coredns", "Service/kube-dns", "PodDisruptionBudget/coredns",
        ]));
        Assert.That(objects.One("ConfigMap/coredns").Text("data.Corefile"), Is.EqualTo(RepositoryFiles.Read("deploy/base/Corefile")));
        Assert.That(
            objects.One("Deployment/coredns").Text("spec.template.spec.containers[0].image"),
            Does.Match(@"^clusterdns:\d+\.\d+\.\d+$"));
    }

    [Test]
    public async Task Beside_Rendered_TouchesNothingOfTheCluster()
    {
        var cluster = await DeployTool.KustomizeAsync(Everything);
        var objects = await DeployTool.KustomizeAsync("deploy/beside");
        var deployment = objects.One("Deployment/coredns-clusterdns");

        DeployExpectations.AssertWhole(objects);
        Assert.That(
            objects.Select(manifest => manifest.ToString()).Intersect(cluster.Select(manifest => manifest.ToString())),
            Is.Empty);
        Assert.That(
            cluster.One("Service/kube-dns").Map("spec.selector"),
            Is.Not.SubsetOf(deployment.Map("spec.template.metadata.labels")));
        Assert.That(
            objects.One("Service/kube-dns-clusterdns").Map("spec.selector"),
            Is.EqualTo(deployment.Map("spec.selector.matchLabels")));
        Assert.That(objects.One("Service/kube-dns-clusterdns").At("spec.clusterIP"), Is.Null);
        Assert.That(
            objects.One("PodDisruptionBudget/coredns-clusterdns").Map("spec.selector.matchLabels"),
            Is.EqualTo(deployment.Map("spec.selector.matchLabels")));
    }

    [Test]
    public async Task NodeLocal_Rendered_AddsTheCacheAndItsServices()
    {
        var cluster = await DeployTool.KustomizeAsync(Everything);
        var objects = await DeployTool.KustomizeAsync("deploy/nodelocal");

        DeployExpectations.AssertWhole(objects);
        Assert.That(
            objects.Select(manifest => manifest.ToString()).Except(cluster.Select(manifest => manifest.ToString())),
            Is.EquivalentTo([
                "ServiceAccount/node-local-dns", "ConfigMap/node-local-dns", "DaemonSet/node-local-dns",
                "Service/kube-dns-upstream", "Service/node-local-dns",
            ]));
        Assert.That(
            objects.One("ConfigMap/node-local-dns").Text("data.Corefile"),
            Is.EqualTo(RepositoryFiles.Read("deploy/nodelocal/Corefile")));
    }

    [TestCase("cluster-proportional-autoscaler", "Deployment/coredns-autoscaler", false)]
    [TestCase("horizontal-pod-autoscaler", "HorizontalPodAutoscaler/coredns", false)]
    [TestCase("monitoring", "PrometheusRule/clusterdns", true)]
    [TestCase("monitoring", "ConfigMap/clusterdns-dashboard", true)]
    [TestCase("network-policy", "NetworkPolicy/coredns", true)]
    [TestCase("service-monitor", "ServiceMonitor/coredns", true)]
    public async Task Component_TakenIn_AddsItsObject(string component, string added, bool hasReplicas)
    {
        var objects = await TakeInAsync(component);

        DeployExpectations.AssertWhole(objects);
        Assert.That(objects.Select(manifest => manifest.ToString()), Does.Contain(added));
        Assert.That(objects.One("Deployment/coredns").At("spec.replicas") is not null, Is.EqualTo(hasReplicas));
    }

    [Test]
    public async Task Monitoring_Rendered_IsTheRulesAndADashboardForTheSidecar()
    {
        var objects = await DeployTool.KustomizeAsync("deploy/monitoring");
        var dashboard = objects.One("ConfigMap/clusterdns-dashboard");

        DeployExpectations.AssertWhole(objects);
        Assert.That(objects, Has.Count.EqualTo(2));
        Assert.That(objects.One("PrometheusRule/clusterdns").Parts("spec.groups"), Has.Count.EqualTo(MonitoringFiles.Groups.Count));
        Assert.That(dashboard.Map("metadata.labels"), Does.ContainKey("grafana_dashboard"));
        Assert.That(dashboard.Content["data"]!["clusterdns.json"]!.ToString(), Is.EqualTo(RepositoryFiles.Read(MonitoringFiles.Dashboard)));
    }

    [Test]
    public async Task Snapshot_TakenIn_MountsAPlaceThatTheServerMayWrite()
    {
        var objects = await TakeInAsync("snapshot");
        var pod = objects.One("Deployment/coredns");

        DeployExpectations.AssertWhole(objects);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pod.Text("spec.template.spec.volumes[1].name"), Is.EqualTo("snapshot"));
            Assert.That(pod.At("spec.template.spec.volumes[1].emptyDir"), Is.Not.Null);
            Assert.That(pod.Text("spec.template.spec.containers[0].volumeMounts[1].name"), Is.EqualTo("snapshot"));
            Assert.That(pod.Text("spec.template.spec.containers[0].volumeMounts[1].mountPath"), Is.EqualTo("/var/lib/coredns"));
            Assert.That(pod.At("spec.template.spec.containers[0].volumeMounts[1].readOnly"), Is.Null);
        }
    }

    private static async Task<IReadOnlyList<DeployedObject>> TakeInAsync(string component)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var up = Path.GetRelativePath(folder.FullName, RepositoryFiles.PathOf("deploy"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "kustomization.yaml"),
                $"resources: [{up}/base]\ncomponents: [{up}/components/{component}]\n");
            return await DeployTool.KustomizeAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
