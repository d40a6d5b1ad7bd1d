using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Deploy;

/// <summary>What `helm install` would install.</summary>
[TestFixture]
internal sealed class HelmChartTests
{
    private const string EveryValue = "tests/ClusterDns.EndToEndTests/Deploy/every-value.yaml";

    [TestCase]
    [TestCase("--values", EveryValue)]
    [TestCase("--values", "deploy/chart/values-kubeadm.yaml")]
    public async Task Chart_Linted_HasNoWarning(params string[] arguments)
    {
        var printed = await DeployTool.RunAsync("helm", ["lint", "--strict", "deploy/chart", .. arguments]);

        Assert.That(printed, Does.Contain("0 chart(s) failed"));
    }

    [Test]
    public async Task Defaults_Rendered_AreNamedAsCoreDnssChartNamesThem()
    {
        var objects = await DeployTool.HelmAsync("dns");

        DeployExpectations.AssertWhole(objects);
        Assert.That(objects.Select(manifest => manifest.ToString()), Is.EquivalentTo([
            "ServiceAccount/dns-coredns", "ClusterRole/dns-coredns", "ClusterRoleBinding/dns-coredns", "ConfigMap/dns-coredns",
            "Deployment/dns-coredns", "Service/dns-coredns", "PodDisruptionBudget/dns-coredns",
        ]));
        Assert.That(
            objects.One("Deployment/dns-coredns").Map("spec.selector.matchLabels"),
            Is.EquivalentTo(new Dictionary<string, string>
            {
                ["app.kubernetes.io/instance"] = "dns",
                ["app.kubernetes.io/name"] = "coredns",
                ["k8s-app"] = "coredns",
            }));
        Assert.That(
            objects.One("Service/dns-coredns").Parts("spec.ports").Select(port => $"{port.Text("name")} {port.Text("targetPort")}"),
            Is.EquivalentTo(["udp-53 53", "tcp-53 53", "tcp-9153 9153"]));
    }

    [Test]
    public async Task Corefile_OfTheDefaults_SaysWhatKubeadmsSays()
    {
        var rendered = (await DeployTool.HelmAsync("dns")).One("ConfigMap/dns-coredns").Text("data.Corefile");

        Assert.That(
            DeployExpectations.Notation(rendered),
            Is.EqualTo(DeployExpectations.Notation(RepositoryFiles.Read("deploy/base/Corefile"))));
    }

    [Test]
    public async Task ValuesOfCoreDnssChart_Rendered_GiveItsCorefileAndNames()
    {
        var objects = await DeployTool.HelmAsync("dns", "--values", "tests/ClusterDns.EndToEndTests/Deploy/coredns-chart.yaml");

        DeployExpectations.AssertWhole(objects);
        Assert.That(
            DeployExpectations.Notation(objects.One("ConfigMap/dns-coredns").Text("data.Corefile")),
            Is.EqualTo(DeployExpectations.Notation(RepositoryFiles.Read("tests/ClusterDns.Tests/Corefile/corefiles/helm-chart.Corefile"))));
        Assert.That(objects.One("Deployment/dns-coredns").Text("spec.replicas"), Is.EqualTo("3"));
        Assert.That(objects.One("Deployment/dns-coredns").Map("spec.selector.matchLabels")["k8s-app"], Is.EqualTo("kube-dns"));
        Assert.That(objects.One("Service/kube-dns").Text("spec.clusterIP"), Is.EqualTo("10.96.0.10"));
        Assert.That(objects.Select(manifest => manifest.ToString()), Does.Contain("ServiceAccount/coredns"));
    }

    [Test]
    public async Task ValuesForKubeadm_Rendered_TakeOverTheObjectsOfTheKustomization()
    {
        var objects = await DeployTool.HelmAsync("coredns", "--values", "deploy/chart/values-kubeadm.yaml");
        var kustomized = await DeployTool.KustomizeAsync("deploy");

        DeployExpectations.AssertWhole(objects);
        Assert.That(
            objects.Select(manifest => manifest.ToString()),
            Is.EquivalentTo(kustomized.Select(manifest => manifest.ToString())));
        foreach (var path in new[] { "spec.selector.matchLabels", "spec.template.spec.nodeSelector" })
        {
            Assert.That(objects.One("Deployment/coredns").Map(path), Is.EqualTo(kustomized.One("Deployment/coredns").Map(path)));
        }

        var (service, kustomizedService) = (objects.One("Service/kube-dns"), kustomized.One("Service/kube-dns"));
        Assert.That(service.Map("spec.selector"), Is.EqualTo(kustomizedService.Map("spec.selector")));
        Assert.That(service.Text("spec.clusterIP"), Is.EqualTo(kustomizedService.Text("spec.clusterIP")));
    }

    [Test]
    public async Task ClusterRole_Rendered_GrantsWhatTheKustomizationGrants()
    {
        var chart = (await DeployTool.HelmAsync("dns")).One("ClusterRole/dns-coredns");
        var kustomized = (await DeployTool.KustomizeAsync("deploy")).One("ClusterRole/system:coredns");

        Assert.That(chart.At("rules")!.ToJsonString(), Is.EqualTo(kustomized.At("rules")!.ToJsonString()));
    }

    [Test]
    public async Task EveryValue_Rendered_IsValidAndInItsPlace()
    {
        var objects = await DeployTool.HelmAsync("dns", "--values", EveryValue);
        var deployment = objects.One("Deployment/dns-deployment");
        var pod = deployment.Parts("spec.template.spec.containers")[0];

        DeployExpectations.AssertWhole([.. objects.Where(manifest => manifest != deployment)]);
        Assert.That(KubernetesModels.MistakeIn(deployment), Is.Null);
        Assert.That(deployment.At("spec.replicas"), Is.Null, "the autoscaler decides");
        Assert.That(pod.Text("image"), Is.EqualTo("clusterdns:9.9.9"));
        Assert.That(
            pod.Parts("ports").Select(port => port.Text("name")),
            Is.EquivalentTo(["tcp-5353", "udp-5353", "tcp-853", "tcp-9253", "liveness-probe", "readiness-probe"]));
        Assert.That(
            objects.One("Service/dns-service").Parts("spec.ports").Select(port => $"{port.Text("name")} {port.Text("port")}"),
            Is.EquivalentTo(["tcp-5353 53", "udp-5353 53", "tcp-853 853", "tcp-9253 9253"]));
        Assert.That(objects.One("Service/dns-coredns-metrics").Text("spec.ports[0].port"), Is.EqualTo("9253"));
        Assert.That(
            objects.One("Deployment/dns-coredns-autoscaler").Texts("spec.template.spec.containers[0].command"),
            Does.Contain("--target=Deployment/dns-deployment").And.Contain("--nodelabels=example.com/role=worker"));
        Assert.That(
            objects.One("ConfigMap/dns-coredns-autoscaler").Text("data.linear"),
            Does.Contain("\"max\":40").And.Contain("\"coresPerReplica\":256"));
        Assert.That(
            objects.One("ServiceMonitor/dns-coredns").Map("spec.selector.matchLabels"),
            Is.SubsetOf(objects.One("Service/dns-coredns-metrics").Map("metadata.labels")));
        Assert.That(objects.One("PrometheusRule/dns-coredns").Map("metadata.labels")["release"], Is.EqualTo("prometheus"));
        Assert.That(objects.One("ConfigMap/dns-coredns-dashboard").Text("metadata.annotations.grafana_folder"), Is.EqualTo("DNS"));
        Assert.That(
            new[] { "PrometheusRule/dns-coredns", "ConfigMap/dns-coredns-dashboard" }
                .Select(name => objects.One(name).Text("metadata.namespace")),
            Is.All.EqualTo("monitoring"));
        Assert.That(objects.One("ConfigMap/dns-coredns").Text("data.Corefile"), Is.EqualTo(
            """
            import /etc/coredns/custom/*.server
            dns://.:5353 example.org:5353 {
                errors
                file /etc/coredns/example.db example.com
                kubernetes cluster.local {
                    pods verified
                    fallthrough
                }
                prometheus 0.0.0.0:9253
            }
            tls://secure.example:853 {
                whoami
            }
            """));
        Assert.That(
            objects.One("ConfigMap/dns-coredns").Content["data"]!["example.db"]!.ToString(),
            Does.StartWith("$ORIGIN example.com.\n@ IN SOA"));
    }

    [TestCase("isClusterService=true", "coredns")]
    [TestCase("k8sAppLabelOverride=kube-dns", "kube-dns")]
    [TestCase("isClusterService=false", "dns-coredns-metrics")]
    public async Task Rules_Rendered_AreThoseOfTheFileForTheJobOfTheRelease(string set, string job)
    {
        var objects = await DeployTool.HelmAsync("dns", "--set", $"{set},monitoring.rules.enabled=true");
        var expected = RepositoryFiles.Read(MonitoringFiles.Rules).Replace("kube-dns|coredns", job, StringComparison.Ordinal);

        Assert.That(
            objects.One("PrometheusRule/dns-coredns").At("spec")!.ToJsonString(),
            Is.EqualTo(YamlText.ReadAll(expected).Single().ToJsonString()));
    }

    [Test]
    public async Task Dashboard_Rendered_IsTheFileWithTheSidecarsLabel()
    {
        var map = (await DeployTool.HelmAsync("dns", "--set", "monitoring.dashboard.enabled=true")).One("ConfigMap/dns-coredns-dashboard");

        Assert.That(KubernetesModels.MistakeIn(map), Is.Null);
        Assert.That(map.Map("metadata.labels")["grafana_dashboard"], Is.EqualTo("1"));
        Assert.That(map.Content["data"]!["clusterdns.json"]!.ToString(), Is.EqualTo(RepositoryFiles.Read(MonitoringFiles.Dashboard)));
    }

    [TestCase("hpa.enabled=true", "HorizontalPodAutoscaler/dns-coredns", true)]
    [TestCase("prometheus.service.enabled=true", "Service/dns-coredns-metrics", true)]
    [TestCase("deployment.skipConfig=true", "ConfigMap/dns-coredns", false)]
    [TestCase("rbac.create=false", "ClusterRole/dns-coredns", false)]
    [TestCase("serviceAccount.create=false", "ServiceAccount/dns-coredns", false)]
    [TestCase("podDisruptionBudget=null", "PodDisruptionBudget/dns-coredns", false)]
    [TestCase("deployment.enabled=false", "Deployment/dns-coredns", false)]
    public async Task Switch_Set_AddsOrTakesAwayItsObject(string set, string manifest, bool isThere)
    {
        var objects = await DeployTool.HelmAsync("dns", "--set", set);

        Assert.That(objects.Select(KubernetesModels.MistakeIn), Is.All.Null);
        Assert.That(objects.Any(rendered => rendered.ToString() == manifest), Is.EqualTo(isThere));
    }

    [Test]
    public async Task IsClusterService_SwitchedOff_LeavesTheClustersLabelsAway()
    {
        var deployment = (await DeployTool.HelmAsync("dns", "--set", "isClusterService=false")).One("Deployment/dns-coredns");

        Assert.That(deployment.Map("spec.selector.matchLabels"), Does.Not.ContainKey("k8s-app"));
        Assert.That(deployment.At("spec.template.spec.dnsPolicy"), Is.Null);
    }

    [Test]
    public async Task Corefile_ChangedByAValue_ReplacesThePods()
    {
        var before = (await DeployTool.HelmAsync("dns")).One("Deployment/dns-coredns");
        var after = (await DeployTool.HelmAsync("dns", "--set", "extraConfig.import.parameters=more")).One("Deployment/dns-coredns");

        const string Checksum = "spec.template.metadata.annotations";
        Assert.That(after.Map(Checksum)["checksum/config"], Is.Not.EqualTo(before.Map(Checksum)["checksum/config"]));
    }
}
