using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using ClusterDns.Tests.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Checking;

/// <summary>What a check tells with a cluster at hand.</summary>
[TestFixture]
internal sealed class ClusterCheckTests
{
    private const string Corefile = ". {\n health\n ready\n kubernetes cluster.local {\n  namespaces default missing\n }\n}\n";

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Check_Manifests_NamesNamespacesThatCaptureNamesAndThoseThatAreMissing()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "objects.yaml"), """
            {apiVersion: v1, kind: Namespace, metadata: {name: default}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: com}}
            """);

        var run = await CheckAsync("--manifests", _folder);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("Corefile:5:22: warning: the cluster has no namespace 'missing'"));
            Assert.That(run.Output, Does.Contain("warning: namespace 'com' is named like a top-level domain"));
            Assert.That(run.OutputLines[^1], Is.EqualTo("0 errors, 2 warnings"));
        }
    }

    [Test]
    public async Task Check_ManifestsThatAreNotThere_IsAnError()
    {
        var run = await CheckAsync("--manifests", Path.Combine(_folder, "nothing"));

        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.OutputLines[0], Does.StartWith("error: "));
    }

    [Test]
    public async Task Check_Cluster_SaysNothingOfOneThatMayBeRead()
    {
        await using var server = await StartAsync();
        Put(server, "default");
        Put(server, "missing");

        var run = await CheckAsync("--kubeconfig", KubeconfigOf(server));

        Assert.That(run, Is.EqualTo(new CommandRun(0, "", "")));
    }

    [TestCase(ResourceKind.Namespace, "namespaces", "")]
    [TestCase(ResourceKind.Service, "services", "")]
    [TestCase(ResourceKind.EndpointSlice, "endpointslices", "discovery.k8s.io")]
    public async Task Check_ClusterWithoutARule_NamesTheRule(ResourceKind kind, string plural, string group)
    {
        await using var server = await StartAsync();
        Put(server, "default");
        server.Inject(new FakeFault.Status(403, "Forbidden"), kind, times: int.MaxValue);

        var run = await CheckAsync("--kubeconfig", KubeconfigOf(server));

        Assert.That(run.Output, Does.Contain(
            $"add to the ClusterRole: - {{apiGroups: [\"{group}\"], resources: [\"{plural}\"], verbs: [\"list\", \"watch\"]}}"));
        Assert.That(run.Output, Does.Not.Contain("the cluster was not read"));
    }

    [Test]
    public async Task Check_KubeconfigThatIsNotThere_IsAnError()
    {
        var run = await CheckAsync("--kubeconfig", Path.Combine(_folder, "nothing"));

        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.OutputLines[0], Does.StartWith("error: unable to load kubeconfig "));
    }

    private static Task<FakeApiServer> StartAsync() => FakeApiServer.StartAsync();

    private static void Put(FakeApiServer server, string name) => server.Put(
        ResourceKind.Namespace,
        """{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "NAME"}}""".Replace("NAME", name));

    private string KubeconfigOf(FakeApiServer server)
    {
        var path = Path.Combine(_folder, "kubeconfig");
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: here, cluster: { server: "{{server.Url}}" } }]
            users: [{name: me, user: { token: letmein } }]
            contexts: [{name: here, context: {cluster: here, user: me} }]
            current-context: here
            """);
        return path;
    }

    private static Task<CommandRun> CheckAsync(params string[] flags) => CommandRun.RunAsync(
        context => context with { Files = new MemoryFiles().With("Corefile", Corefile) }, ["check", .. flags]);
}
