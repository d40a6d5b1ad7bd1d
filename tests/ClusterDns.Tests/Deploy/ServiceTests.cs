using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>Services and what else points at the pods: by labels that the pods have, at ports that they open.</summary>
[TestFixture]
internal sealed class ServiceTests
{
    private static readonly DeployedObject Deployment = DeployFolder.Object("base/deployment.yaml", "Deployment");

    private static readonly IReadOnlyDictionary<string, string> PodLabels = Deployment.Map("spec.template.metadata.labels");

    private static readonly string[] PodPorts =
    [
        .. Deployment.Parts("spec.template.spec.containers[0].ports")
            .Select(port => $"{port.Text("protocol")} {port.Text("containerPort")}"),
    ];

    [TestCase("base/service.yaml", "kube-dns", "UDP 53", "TCP 53", "TCP 9153")]
    [TestCase("nodelocal/services.yaml", "kube-dns-upstream", "UDP 53", "TCP 53")]
    public void Service_Compared_LeadsToThePods(string path, string name, params string[] ports)
    {
        var service = DeployFolder.Objects(path).Single(manifest => manifest.ToString() == $"Service/{name}");

        Assert.That(service.Map("spec.selector"), Is.EqualTo(PodLabels));
        Assert.That(ports, Is.SubsetOf(PodPorts));
        foreach (var key in new[] { "port", "targetPort" })
        {
            Assert.That(service.Parts("spec.ports").Select(port => $"{port.Text("protocol")} {port.Text(key)}"), Is.EqualTo(ports));
        }
    }

    [Test]
    public void KubeDns_Compared_HasTheAddressOfTheExampleCluster()
    {
        var service = DeployFolder.Object("base/service.yaml", "Service");
        var example = DeployFolder.Objects("example/cluster.yaml").Single(manifest => manifest.ToString() == "Service/kube-dns");

        Assert.That(service.Text("spec.clusterIP"), Is.EqualTo(example.Text("spec.clusterIP")));
        Assert.That(service.Text("metadata.namespace"), Is.EqualTo(example.Text("metadata.namespace")));
    }

    [TestCase("base/disruption-budget.yaml", "spec.selector.matchLabels")]
    [TestCase("components/network-policy/network-policy.yaml", "spec.podSelector.matchLabels")]
    public void Selector_Compared_TakesThePods(string path, string selector)
    {
        Assert.That(DeployFolder.Objects(path).Single().Map(selector), Is.EqualTo(PodLabels));
    }

    [Test]
    public void ServiceMonitor_Compared_FindsTheServiceAndItsPort()
    {
        var service = DeployFolder.Object("base/service.yaml", "Service");
        var monitor = DeployFolder.Object("components/service-monitor/service-monitor.yaml", "ServiceMonitor");

        Assert.That(monitor.Map("spec.selector.matchLabels"), Is.SubsetOf(service.Map("metadata.labels")));
        Assert.That(monitor.Texts("spec.namespaceSelector.matchNames"), Is.EqualTo([service.Text("metadata.namespace")]));
        Assert.That(service.Parts("spec.ports").Select(port => port.Text("name")), Has.One.EqualTo(monitor.Text("spec.endpoints[0].port")));
        Assert.That(service.Map("metadata.labels"), Does.ContainKey(monitor.Text("spec.jobLabel")));
    }

    [Test]
    public void NetworkPolicy_Compared_LetsEveryPortOfThePodsBeAsked()
    {
        var policy = DeployFolder.Object("components/network-policy/network-policy.yaml", "NetworkPolicy");
        var open = policy.Parts("spec.ingress").SelectMany(rule => rule.Parts("ports")).Select(Port);

        Assert.That(open, Is.EquivalentTo(PodPorts));
        Assert.That(policy.Parts("spec.ingress")[0].At("from"), Is.Null, "DNS is for everybody");
        Assert.That(
            policy.Parts("spec.egress").SelectMany(rule => rule.Parts("ports")).Select(Port),
            Is.SupersetOf(["UDP 53", "TCP 53", "TCP 6443"]));
    }

    [Test]
    public void Autoscalers_Compared_ScaleTheDeployment()
    {
        var byLoad = DeployFolder.Object("components/horizontal-pod-autoscaler/horizontal-pod-autoscaler.yaml", "HorizontalPodAutoscaler");
        var bySize = DeployFolder.Object("components/cluster-proportional-autoscaler/deployment.yaml", "Deployment");

        Assert.That($"{byLoad.Text("spec.scaleTargetRef.kind")}/{byLoad.Text("spec.scaleTargetRef.name")}", Is.EqualTo($"{Deployment}"));
        Assert.That(bySize.Texts("spec.template.spec.containers[0].command"), Has.One.EqualTo($"--target={Deployment}"));
        Assert.That(bySize.Map("spec.template.metadata.labels"), Is.Not.SubsetOf(PodLabels), "the Service must not select the autoscaler");
    }

    [Test]
    public void NodeLocalCache_Compared_TakesTheAddressOfKubeDnsAndAsksUpstream()
    {
        var cache = DeployFolder.Object("nodelocal/daemonset.yaml", "DaemonSet");
        var arguments = cache.Texts("spec.template.spec.containers[0].args");
        var address = DeployFolder.Object("base/service.yaml", "Service").Text("spec.clusterIP");
        var corefile = DeployFolder.Read("nodelocal/Corefile");

        Assert.That(arguments, Does.Contain($"169.254.20.10,{address}").And.Contain("kube-dns-upstream"));
        Assert.That(corefile, Does.Contain($"bind 169.254.20.10 {address}").And.Contain("force_tcp"));
        Assert.That(cache.Text("spec.template.spec.containers[0].livenessProbe.httpGet.host"), Is.EqualTo("169.254.20.10"));
        Assert.That(cache.Map("spec.template.metadata.labels"), Is.EqualTo(cache.Map("spec.selector.matchLabels")));
    }

    private static string Port(DeployedObject port) => $"{port.Text("protocol")} {port.Text("port")}";
}
