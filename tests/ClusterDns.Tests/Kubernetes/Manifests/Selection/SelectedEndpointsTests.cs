using ClusterDns.Kubernetes;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Selection;

/// <summary>Endpoints of Services whose pods stand in the files.</summary>
[TestFixture]
internal sealed class SelectedEndpointsTests
{
    private const string Headless = """
        kind: Service
        metadata: {name: web}
        spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
        """;

    [Test]
    public async Task Selector_PodsWithAllLabels_AreEndpoints()
    {
        await using var manifests = await LoadAsync(
            Headless.Replace("{app: web}", "{app: web, tier: front}"),
            Pod("a", "10.0.0.1", "app: web, tier: front"),
            Pod("b", "10.0.0.2", "app: web, tier: front, more: x"),
            Pod("c", "10.0.0.3", "app: web"),
            Pod("d", "10.0.0.4", "app: api, tier: front"),
            Pod("e", "10.0.0.5", "app: web, tier: front").Replace("labels", "namespace: other, labels"));

        Assert.That(manifests.EndpointsOf("default/web"), Is.EqualTo("10.0.0.1 10.0.0.2"));
        Assert.That(Ports(manifests), Is.EqualTo("http/tcp/8080"));
    }

    [TestCase("")]
    [TestCase(", selector: {}")]
    [TestCase(", selector: null")]
    [TestCase(", selector: {app: web, absent: x}")]
    public async Task Selector_NoneOrWithoutMatch_GivesNoEndpoints(string selector)
    {
        await using var manifests = await LoadAsync(Headless.Replace(", selector: {app: web}", selector), Pod("a", "10.0.0.1"));

        Assert.That(manifests.EndpointsOf("default/web"), Is.Empty);
        Assert.That(manifests.Complaints, Is.Empty);
    }

    [TestCase("[{type: Ready, status: 'True'}]", "", ExpectedResult = "10.0.0.1")]
    [TestCase("[{type: Ready, status: 'False'}]", "", ExpectedResult = "")]
    [TestCase("[{type: Ready, status: Unknown}]", "", ExpectedResult = "")]
    [TestCase("[{status: 'False', type: Ready}]", "", ExpectedResult = "")]
    [TestCase("[{type: Initialized, status: 'False'}]", "", ExpectedResult = "10.0.0.1")]
    [TestCase("[{type: Initialized, status: 'True'}, {type: Ready, status: 'False'}]", "", ExpectedResult = "")]
    [TestCase("[]", "", ExpectedResult = "10.0.0.1")]
    [TestCase("null", "", ExpectedResult = "10.0.0.1")]
    [TestCase("[{type: Ready, status: 'False'}]", "publishNotReadyAddresses: true, ", ExpectedResult = "10.0.0.1")]
    [TestCase("[{type: Ready, status: 'False'}]", "publishNotReadyAddresses: false, ", ExpectedResult = "")]
    public async Task<string> Readiness_OfAPod_Decides(string conditions, string publish)
    {
        await using var manifests = await LoadAsync(
            Headless.Replace("{clusterIP", "{" + publish + "clusterIP"),
            Pod("a", "10.0.0.1").Replace("podIP:", $"conditions: {conditions}, podIP:"));

        return manifests.EndpointsOf("default/web");
    }

    [Test]
    public async Task Readiness_NotReadyPods_AreCounted()
    {
        await using var manifests = await LoadAsync(
            Headless, Pod("a", "10.0.0.1"), Pod("b", "10.0.0.2").Replace("podIP:", "conditions: [{type: Ready, status: 'False'}], podIP:"));

        Assert.That(manifests.Find("default/web")!.NotReadyCount, Is.EqualTo(1));
    }

    [TestCase("phase: Succeeded, ")]
    [TestCase("phase: Failed, ")]
    public async Task Pod_ThatHasEnded_IsNoEndpoint(string phase)
    {
        await using var manifests = await LoadAsync(Headless, Pod("a", "10.0.0.1").Replace("podIP:", phase + "podIP:"), Pod("b", "10.0.0.2"));

        Assert.That(manifests.EndpointsOf("default/web"), Is.EqualTo("10.0.0.2"));
    }

    [TestCase("hostname: web-0, subdomain: web", ExpectedResult = "10.0.0.1=web-0")]
    [TestCase("hostname: web-0, subdomain: other", ExpectedResult = "10.0.0.1")]
    [TestCase("hostname: web-0", ExpectedResult = "10.0.0.1")]
    [TestCase("subdomain: web", ExpectedResult = "10.0.0.1")]
    public async Task<string> Hostname_OnlyInItsSubdomain_NamesTheEndpoint(string spec)
    {
        await using var manifests = await LoadAsync(Headless, $"{Pod("a", "10.0.0.1")}\nspec: {{{spec}}}");

        return manifests.EndpointsOf("default/web");
    }

    [TestCase("{name: http, port: 80}", ExpectedResult = "http/tcp/80")]
    [TestCase("{name: http, port: 80, targetPort: 8080}", ExpectedResult = "http/tcp/8080")]
    [TestCase("{name: http, port: 80, targetPort: null}", ExpectedResult = "http/tcp/80")]
    [TestCase("{name: HTTP, port: 80, targetPort: web}", ExpectedResult = "http/tcp/8000")]
    [TestCase("{name: dns, port: 53, targetPort: dns}", ExpectedResult = "dns/tcp/5353")]
    [TestCase("{name: dns, port: 53, targetPort: dns, protocol: UDP}", ExpectedResult = "dns/udp/5354")]
    [TestCase("{name: http, port: 80, targetPort: absent}", ExpectedResult = "")]
    [TestCase("{port: 80}", ExpectedResult = "/tcp/80")]
    [TestCase("{name: http, port: 80}, {name: dns, port: 53, targetPort: absent}", ExpectedResult = "http/tcp/80")]
    public async Task<string> TargetPort_NumberOrName_IsThePodsPort(string ports)
    {
        await using var manifests = await LoadAsync(
            Headless.Replace("{name: http, port: 80, targetPort: 8080}", ports),
            $$"""
            {{Pod("a", "10.0.0.1")}}
            spec:
              containers:
              - {name: sidecar}
              - name: app
                ports:
                - {name: web, containerPort: 8000}
                - {name: dns, containerPort: 5354, protocol: UDP}
                - {name: dns, containerPort: 5353, protocol: TCP}
                - {containerPort: 9000}
            """);

        return Ports(manifests);
    }

    [Test]
    public async Task TargetPort_NameThatPodsResolveDifferently_GivesTwoGroups()
    {
        const string Spec = "spec: {containers: [{ports: [{name: web, containerPort: NUMBER}]}]}";
        await using var manifests = await LoadAsync(
            Headless.Replace("8080", "web"),
            $"{Pod("a", "10.0.0.1")}\n{Spec.Replace("NUMBER", "8001")}",
            $"{Pod("b", "10.0.0.2")}\n{Spec.Replace("NUMBER", "8002")}",
            $"{Pod("c", "10.0.0.3")}\n{Spec.Replace("NUMBER", "8001")}");

        Assert.That(manifests.EndpointsOf("default/web"), Is.EqualTo("10.0.0.1 10.0.0.3 10.0.0.2"));
        Assert.That(Ports(manifests), Is.EqualTo("http/tcp/8001|http/tcp/8002"));
    }

    [TestCase("clusterIP: None", ExpectedResult = "10.0.0.1")]
    [TestCase("clusterIP: None, ipFamilies: [IPv4, IPv6]", ExpectedResult = "10.0.0.1 fd00::1")]
    [TestCase("clusterIP: None, ipFamilies: [IPv6]", ExpectedResult = "fd00::1")]
    [TestCase("clusterIP: None, ipFamilyPolicy: PreferDualStack", ExpectedResult = "10.0.0.1 fd00::1")]
    [TestCase("clusterIP: None, ipFamilyPolicy: RequireDualStack", ExpectedResult = "10.0.0.1 fd00::1")]
    [TestCase("clusterIP: None, ipFamilyPolicy: SingleStack", ExpectedResult = "10.0.0.1")]
    [TestCase("clusterIP: 10.96.0.1", ExpectedResult = "10.0.0.1")]
    [TestCase("clusterIP: fd00:96::1", ExpectedResult = "fd00::1")]
    [TestCase("clusterIPs: [10.96.0.1, 'fd00:96::1']", ExpectedResult = "10.0.0.1 fd00::1")]
    public async Task<string> Families_OfTheService_PickThePodsAddresses(string families)
    {
        await using var manifests = await LoadAsync(
            Headless.Replace("clusterIP: None", families),
            Pod("a", "10.0.0.1").Replace("podIP:", "podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}], podIP:"));

        return manifests.EndpointsOf("default/web");
    }

    [Test]
    public async Task PodNames_WhenWanted_StandWithTheEndpoints()
    {
        await using var manifests = await RunningManifests.LoadAsync(
            $"{Headless}\n---\n{Pod("a", "10.0.0.1")}", new ClusterSourceOptions { KeepPodNames = true });

        Assert.That(manifests.Find("default/web")!.Endpoints[0].PodName(0).ToArray(), Is.EqualTo("a"u8.ToArray()));
    }

    private static string Pod(string name, string address, string labels = "app: web") => $$"""
        kind: Pod
        metadata: {name: {{name}}, labels: { {{labels}} } }
        status: {podIP: {{address}} }
        """;

    private static string Ports(RunningManifests manifests) =>
        string.Join('|', manifests.Find("default/web")!.Endpoints.ToArray().Select(group => string.Join(' ', group.Ports.ToArray())));

    private static Task<RunningManifests> LoadAsync(params string[] documents) =>
        RunningManifests.LoadAsync(string.Join("\n---\n", documents));
}
