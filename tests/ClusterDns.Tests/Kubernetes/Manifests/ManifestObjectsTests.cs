using ClusterDns.Kubernetes;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests;

/// <summary>What documents come to: kinds, lists, namespaces, and what is told of those that come to nothing.</summary>
[TestFixture]
internal sealed class ManifestObjectsTests
{
    private const string Web = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {clusterIP: 10.96.0.1, ports: [{name: http, port: 80}]}
        """;

    [Test]
    public async Task Load_Service_IsInTheZone()
    {
        await using var manifests = await RunningManifests.LoadAsync(Web);

        Assert.That(manifests.Services, Does.Contain("web.shop ClusterIP found=True\n  at 10.96.0.1 ports http/tcp/80\n"));
        Assert.That(manifests.Complaints, Is.Empty);
    }

    [Test]
    public async Task Load_ObjectWithoutNamespace_LiesInDefault()
    {
        await using var manifests = await RunningManifests.LoadAsync(Web.Replace(", namespace: shop", ""));

        Assert.That(manifests.Find("default/web"), Is.Not.Null);
    }

    [Test]
    public async Task Load_NamespaceWithoutObject_ExistsWithWhatLiesInIt()
    {
        await using var manifests = await RunningManifests.LoadAsync($"{Web}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: empty}}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifests.HasNamespace("shop"), Is.True);
            Assert.That(manifests.HasNamespace("empty"), Is.True);
            Assert.That(manifests.HasNamespace("default"), Is.False);
            Assert.That(manifests.Zone.NamespaceCount, Is.EqualTo(2));
        }
    }

    [TestCase("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, ITEM}\n- {apiVersion: v1, kind: Pod, metadata: {name: p}}")]
    [TestCase("apiVersion: v1\nkind: ServiceList\nitems:\n- {ITEM}")]
    [TestCase("kind: List\napiVersion: v1\nitems:\n- kind: List\n  items:\n  - kind: ServiceList\n    apiVersion: v1\n    items: [{ITEM}]")]
    [TestCase("items: [{ITEM}]\nmetadata: {}\nkind: ServiceList\napiVersion: v1")]
    public async Task Load_List_GivesItsItems(string list)
    {
        const string Item = "metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.1}";
        await using var manifests = await RunningManifests.LoadAsync(list.Replace("ITEM", Item));

        Assert.That(manifests.Find("shop/web"), Is.Not.Null);
        Assert.That(manifests.Complaints, Is.Empty);
    }

    [TestCase("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}")]
    [TestCase("{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: web}}")]
    [TestCase("{apiVersion: example.com/v1, kind: AllowList, metadata: {name: web}}")]
    [TestCase("{apiVersion: apps/v1, kind: DeploymentList, items: [{metadata: {name: web}}]}")]
    [TestCase("{apiVersion: v1, kind: List, items: []}")]
    [TestCase("{apiVersion: v1, kind: List}")]
    [TestCase("{apiVersion: v1, kind: ConfigMap, data: {deep: {er: [1]}}}")]
    public async Task Load_KindThatMakesNoName_IsPassedOverSilently(string document)
    {
        await using var manifests = await RunningManifests.LoadAsync($"{document}\n---\n{Web}");

        Assert.That(manifests.Services, Does.StartWith("web.shop "));
        Assert.That(manifests.Zone.ServiceCount, Is.EqualTo(1));
        Assert.That(manifests.Complaints, Is.Empty);
    }

    [TestCase("{apiVersion: v1, metadata: {name: x}}", "[Error] f.yaml:7: The document has no kind, so it is no Kubernetes object.")]
    [TestCase("{apiVersion: v1, kind: 7}", "[Error] f.yaml:7: The document has no kind, so it is no Kubernetes object.")]
    [TestCase("{apiVersion: v1, kind: Service, spec: {}}", "[Error] f.yaml:7: Service has no metadata.name")]
    [TestCase("{apiVersion: v1, kind: Service, metadata: {name: x}}", "[Error] f.yaml:7: Service default/x has no spec")]
    [TestCase("kind: List\nitems:\n- {kind: Namespace, metadata: {name: x}}\n- {kind: Service, metadata: {name: x}}", "[Error] f.yaml:10: Service default/x has no spec")]
    [TestCase("kind: List\nitems:\n- text", "[Error] f.yaml:7: An item of the list is not an object.")]
    [TestCase("kind: List\nitems:\n- {metadata: {name: x}}", "[Error] f.yaml:9: The document has no kind, so it is no Kubernetes object.")]
    [TestCase("a: [", "[Error] f.yaml:7: While parsing a node, did not find expected node content.")]
    public async Task Load_BrokenDocument_IsOneErrorWithFileAndLine(string broken, string error)
    {
        await using var manifests = await RunningManifests.LoadAsync($"# one\n{Web}\n---\n{broken}\n---\n{Web.Replace("web", "api").Replace("0.1", "0.2")}");

        Assert.That(manifests.Complaints, Is.EqualTo([error]));
        Assert.That(manifests.Zone.ServiceCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Load_ObjectWithABadPart_IsServedWithoutItAndAWarning()
    {
        await using var manifests = await RunningManifests.LoadAsync(Web.Replace("port: 80", "port: 800000") + "\n---\n" + """
            kind: Service
            metadata: {name: api}
            spec: {clusterIP: None, selector: {app: 7}}
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifests.Services, Does.Contain("web.shop ClusterIP found=True\n  at 10.96.0.1 ports \n"));
            Assert.That(manifests.Complaints, Has.Count.EqualTo(2));
            Assert.That(manifests.Complaints[0], Does.StartWith("[Warning] f.yaml:1: Service shop/web: a port's number is \"800000\""));
            Assert.That(manifests.Complaints[1], Does.StartWith("[Warning] f.yaml:6: Service default/api: spec.selector is \"7\""));
        }
    }

    [Test]
    public async Task Load_ServiceThatWaitsForItsClusterAddress_HasNoAddressAndAWarning()
    {
        await using var manifests = await RunningManifests.LoadAsync("""
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            ---
            kind: Service
            metadata: {name: headless}
            spec: {clusterIP: None}
            ---
            kind: Service
            metadata: {name: elsewhere}
            spec: {type: ExternalName, externalName: example.org}
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifests.Complaints, Has.Count.EqualTo(1));
            Assert.That(manifests.Complaints[0], Does.StartWith("[Warning] f.yaml:1: Service default/web has no clusterIP").And.Contain("None"));
            Assert.That(manifests.Find("default/web")!.ClusterAddresses.Length, Is.Zero);
            Assert.That(manifests.Zone.ServiceCount, Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Load_SameObjectTwice_LaterCountsWithAWarning()
    {
        const string Namespace = "kind: Namespace\nmetadata: {name: shop}";
        await using var manifests = await RunningManifests.LoadAsync($"{Namespace}\n---\n{Web}\n---\n{Web.Replace("0.1", "0.2")}\n---\n{Namespace}");

        Assert.That(manifests.Services, Does.Contain("at 10.96.0.2 "));
        Assert.That(manifests.Complaints, Is.EqualTo(["[Warning] f.yaml:9: Service shop/web stands in f.yaml:4 as well; this one counts"]));
    }

    [Test]
    public async Task Load_MoreProblemsThanAnyoneReads_AreCounted()
    {
        await using var manifests = await RunningManifests.LoadAsync(string.Concat(Enumerable.Repeat("a: 1\n---\n", 50)));

        Assert.That(manifests.Complaints, Has.Count.EqualTo(21));
        Assert.That(manifests.Complaints[^1], Is.EqualTo("[Error] f.yaml: 30 more problems like these"));
    }

    [Test]
    public async Task Load_TextMadeToForgeLogLines_StaysOnOneLine()
    {
        await using var manifests = await RunningManifests.LoadAsync("kind: Pod\nmetadata: {name: \"x\\n[Error] forged\", namespace: 'a b'}");

        Assert.That(manifests.Complaints, Has.Count.EqualTo(1));
        Assert.That(manifests.Complaints[0], Does.Not.Contain("\n"));
    }

    [Test]
    public async Task Load_NestingThatAliasesPileUp_IsAProblem()
    {
        var (opening, closing) = (new string('[', 60), new string(']', 60));
        await using var manifests = await RunningManifests.LoadAsync(
            $"a: &a {opening}{closing}\nb: &b {opening}*a{closing}\nc: *b\nkind: Service\n---\n{Web}");

        Assert.That(manifests.Complaints, Is.EqualTo(["[Error] f.yaml:1: Aliases put more than 64 levels inside each other."]));
        Assert.That(manifests.Find("shop/web"), Is.Not.Null);
    }

    [Test]
    public async Task Load_PodNames_AreKeptOnlyWhenWanted()
    {
        const string Slice = """
            kind: EndpointSlice
            metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [{addresses: [10.0.0.1], targetRef: {name: web-7}}]
            ---
            kind: Service
            metadata: {name: web}
            spec: {clusterIP: None}
            """;
        await using var without = await RunningManifests.LoadAsync(Slice);
        await using var with = await RunningManifests.LoadAsync(Slice, new ClusterSourceOptions { KeepPodNames = true });

        Assert.That(without.Find("default/web")!.Endpoints[0].PodName(0).Length, Is.Zero);
        Assert.That(with.Find("default/web")!.Endpoints[0].PodName(0).ToArray(), Is.EqualTo("web-7"u8.ToArray()));
    }
}
