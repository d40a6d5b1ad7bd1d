using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Cluster;

/// <summary>Which objects reach the zone under which options.</summary>
[TestFixture]
internal sealed class ManifestRelistTests
{
    private const string Service = """
        kind: Service
        metadata: {name: web, labels: {part: service}}
        spec: {clusterIP: None, selector: {app: web}, ports: [{name: http, port: 80}]}
        """;

    private const string Slice = """
        kind: EndpointSlice
        metadata: {name: web-x, labels: {kubernetes.io/service-name: web, part: slice}}
        addressType: IPv4
        endpoints: [{addresses: [10.0.0.1]}]
        """;

    private const string Endpoints = """
        kind: Endpoints
        metadata: {name: web, labels: {part: endpoints}}
        subsets: [{addresses: [{ip: 10.0.0.2}]}]
        """;

    private const string Pod = """
        kind: Pod
        metadata: {name: web-0, labels: {app: web, part: pod}}
        status: {podIP: 10.0.0.3}
        """;

    [TestCase(EndpointSource.Auto, Slice, Endpoints, Pod, ExpectedResult = "10.0.0.1")]
    [TestCase(EndpointSource.Auto, Endpoints, Pod, ExpectedResult = "10.0.0.2")]
    [TestCase(EndpointSource.Auto, Pod, ExpectedResult = "10.0.0.3")]
    [TestCase(EndpointSource.Slices, Slice, Endpoints, Pod, ExpectedResult = "10.0.0.1")]
    [TestCase(EndpointSource.Slices, Endpoints, Pod, ExpectedResult = "10.0.0.3")]
    [TestCase(EndpointSource.Slices, Endpoints, ExpectedResult = "")]
    [TestCase(EndpointSource.Endpoints, Slice, Endpoints, Pod, ExpectedResult = "10.0.0.2")]
    [TestCase(EndpointSource.Endpoints, Slice, Pod, ExpectedResult = "10.0.0.3")]
    [TestCase(EndpointSource.None, Slice, Endpoints, Pod, ExpectedResult = "")]
    public async Task<string> Endpoints_OfSeveralOrigins_ComeFromTheFirstThatIsWanted(EndpointSource source, params string[] documents)
    {
        await using var manifests = await LoadAsync(new ClusterSourceOptions { EndpointSource = source }, [Service, .. documents]);

        return manifests.EndpointsOf("default/web");
    }

    [Test]
    public async Task Endpoints_ObjectThatIsEmpty_StillStandsForTheService()
    {
        await using var manifests = await LoadAsync(new ClusterSourceOptions(), Service, "kind: Endpoints\nmetadata: {name: web}", Pod);

        Assert.That(manifests.EndpointsOf("default/web"), Is.Empty);
    }

    [TestCase(EndpointSource.Auto, false, "Namespace Service EndpointSlice Endpoints")]
    [TestCase(EndpointSource.Auto, true, "Namespace Service EndpointSlice Endpoints Pod")]
    [TestCase(EndpointSource.Slices, false, "Namespace Service EndpointSlice")]
    [TestCase(EndpointSource.Endpoints, false, "Namespace Service Endpoints")]
    [TestCase(EndpointSource.None, true, "Namespace Service Pod")]
    public void Kinds_AreThoseThatTheOptionsAskFor(EndpointSource source, bool watchPods, string expected)
    {
        var relist = new ClusterDns.Kubernetes.Manifests.Cluster.ManifestRelist(
            new ClusterSourceOptions { EndpointSource = source, WatchPods = watchPods }, null, null);

        Assert.That(string.Join(' ', relist.Kinds), Is.EqualTo(expected));
    }

    [Test]
    public async Task Pods_OnlyWhenWatched_AreInTheZone()
    {
        await using var without = await LoadAsync(new ClusterSourceOptions(), Pod);
        await using var with = await LoadAsync(new ClusterSourceOptions { WatchPods = true }, Pod);

        Assert.That(without.Zone.PodCount, Is.Zero);
        Assert.That(with.Zone.PodCount, Is.EqualTo(1));
    }

    [TestCase("part=service", ExpectedResult = "10.0.0.3", Description = "slices made from pods have their Service's labels")]
    [TestCase("part!=service", ExpectedResult = "(no service)")]
    public async Task<string> Labels_OfTheService_DecideForItAndItsPods(string selector)
    {
        await using var manifests = await LoadAsync(new ClusterSourceOptions { LabelSelector = selector }, Service, Pod);

        return manifests.EndpointsOf("default/web");
    }

    [TestCase("part in (service, slice)", ExpectedResult = "10.0.0.1")]
    [TestCase("part in (service, endpoints)", ExpectedResult = "")]
    [TestCase("part=service", ExpectedResult = "")]
    public async Task<string> Labels_OfExplicitEndpoints_DecideForThem(string selector)
    {
        await using var manifests = await LoadAsync(new ClusterSourceOptions { LabelSelector = selector }, Service, Slice, Endpoints);

        return manifests.EndpointsOf("default/web");
    }

    [TestCase("part=pod", ExpectedResult = 1)]
    [TestCase("part=service", ExpectedResult = 0)]
    public async Task<int> Labels_OfAPod_DecideForIt(string selector)
    {
        await using var manifests = await LoadAsync(new ClusterSourceOptions { LabelSelector = selector, WatchPods = true }, Pod);

        return manifests.Zone.PodCount;
    }

    [TestCase("team=a", ExpectedResult = "a")]
    [TestCase("team!=a", ExpectedResult = "default b")]
    [TestCase("!team", ExpectedResult = "default")]
    [TestCase("kubernetes.io/metadata.name in (a, default)", ExpectedResult = "a default")]
    [TestCase("kubernetes.io/metadata.name", ExpectedResult = "a default b")]
    public async Task<string> NamespaceLabels_DecideForNamespaces(string selector)
    {
        await using var manifests = await LoadAsync(
            new ClusterSourceOptions { NamespaceLabelSelector = selector },
            "kind: Namespace\nmetadata: {name: a, labels: {team: a}}",
            Service,
            Service.Replace("name: web", "name: web, namespace: b"),
            "kind: Namespace\nmetadata: {name: b, labels: {team: b}}");

        return string.Join(' ', new[] { "a", "default", "b" }.Where(manifests.HasNamespace));
    }

    [Test]
    public void ResourceKinds_AllOfThem_AreReadFromManifests() =>
        Assert.That(
            new[] { "Namespace", "Service", "EndpointSlice", "Endpoints", "Pod" }
                .Select(kind => ClusterDns.Kubernetes.Manifests.ManifestKinds.Find("", kind)),
            Is.EqualTo(Enum.GetValues<ResourceKind>().Cast<ResourceKind?>()));

    private static Task<RunningManifests> LoadAsync(ClusterSourceOptions options, params string[] documents) =>
        RunningManifests.LoadAsync(string.Join("\n---\n", documents), options);
}
