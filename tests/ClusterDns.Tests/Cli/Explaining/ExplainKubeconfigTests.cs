using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ClusterDns.Cli.Commands;
using ClusterDns.Cli.Explaining;
using ClusterDns.Corefile;
using ClusterDns.Explaining;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Explaining;

/// <summary><c>explain --kubeconfig</c> against an API server: the objects that are named, and at which version.</summary>
[TestFixture]
internal sealed class ExplainKubeconfigTests
{
    private const string Corefile = ".:53 {\n    kubernetes cluster.local\n}\n";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private KubeconfigFile _kubeconfig = null!;

    [SetUp]
    public void Create() => _kubeconfig = new KubeconfigFile();

    [TearDown]
    public void Delete() => _kubeconfig.Dispose();

    [Test]
    public async Task Run_NameOfTheCluster_NamesItsObjectsWithTheirVersions()
    {
        await using var server = await StartAsync();
        var run = await RunAsync(server, "web", "--from", "prod");

        Assert.That(run, Is.EqualTo(new CommandRun(
            0,
            """
            web A, asked from namespace prod
            search prod.svc.cluster.local. svc.cluster.local. cluster.local., ndots 5

            1. web.prod.svc.cluster.local.  NOERROR
               A 10.96.0.1
               service `web` of namespace `prod` has a cluster address and 2 endpoints, 1 ready
               block . at dns://:53, plugin kubernetes, Service prod/web (resourceVersion 1002)
               endpoints from EndpointSlice prod/web-a (resourceVersion 1004), EndpointSlice prod/web-b (resourceVersion 1003)

            Resolved.

            """,
            "")));
    }

    [Test]
    public async Task Run_ServerWithoutSlices_NamesTheEndpoints()
    {
        await using var server = await StartAsync();
        server.HasEndpointSlices = false;
        server.Put(ResourceKind.Endpoints, """
            {"metadata": {"name": "web", "namespace": "prod"}, "subsets": [{"addresses": [{"ip": "10.244.1.1"}], "ports": [{"port": 80}]}]}
            """);

        var run = await RunAsync(server, "web.prod.svc.cluster.local.");

        Assert.That(run.Output, Does.Contain("\n   endpoints from Endpoints prod/web (resourceVersion 1005)\n"));
    }

    [Test]
    public async Task Run_Json_HasVersionsAsTexts()
    {
        await using var server = await StartAsync();
        var run = await RunAsync(server, "web", "--from", "prod", "--json");
        using var json = JsonDocument.Parse(run.Output);
        var name = json.RootElement.GetProperty("names")[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                JsonSerializer.Serialize(name.GetProperty("object")),
                Is.EqualTo("""{"kind":"Service","namespace":"prod","name":"web","resourceVersion":"1002"}"""));
            Assert.That(JsonSerializer.Serialize(name.GetProperty("endpoints")), Is.EqualTo(
                """
                [{"kind":"EndpointSlice","namespace":"prod","name":"web-a","resourceVersion":"1004"},{"kind":"EndpointSlice","namespace":"prod","name":"web-b","resourceVersion":"1003"}]
                """));
        }
    }

    [Test]
    public async Task Run_NameOfANamespace_NamesItWithItsVersion()
    {
        await using var server = await StartAsync();
        var run = await RunAsync(server, "prod.svc.cluster.local.");

        Assert.That(run.Output, Does.Contain("plugin kubernetes, Namespace prod (resourceVersion 1001)\n"));
    }

    [Test]
    public async Task Run_FromAPod_FindsItAlthoughTheCorefileWantsNone()
    {
        await using var server = await StartAsync();
        server.Put(ResourceKind.Pod, """{"metadata": {"name": "web-0", "namespace": "prod"}, "status": {"phase": "Running", "podIP": "10.244.1.1"}}""");

        var run = await RunAsync(server, "web", "--from", "prod/web-0");

        Assert.That(run.OutputLines[0], Is.EqualTo("web A, asked from pod prod/web-0 (10.244.1.1)"));
        Assert.That(run.Code, Is.Zero);
    }

    /// <summary>Versions follow a watch, a list that comes after it, and objects that take the place of others.</summary>
    [Test]
    public async Task Explain_WhileTheClusterChanges_ShowsTheVersionOfNow()
    {
        await using var server = await StartAsync();
        var options = new ExplainOptions
        {
            Name = "",
            CorefilePath = CorefileLoader.StandardInputName,
            KubeconfigPath = _kubeconfig.Write(server),
        };
        await using var explained = new SocketlessServer(
            options, new CommandContext(TextWriter.Null, TextWriter.Null) { Input = new MemoryStream(Encoding.UTF8.GetBytes(Corefile)) });
        Assert.That(await explained.StartAsync(), Is.Null);
        await BecomesAsync(explained, "Service prod/web (resourceVersion 1002)");

        PutService(server);
        await BecomesAsync(explained, "Service prod/web (resourceVersion 1005)");

        server.Delete(ResourceKind.Service, "prod", "web");
        await BecomesAsync(explained, "");

        PutService(server);
        await BecomesAsync(explained, "Service prod/web (resourceVersion 1007)");

        server.SilenceWatches();
        PutService(server);
        server.Compact();
        server.Disconnect();
        await BecomesAsync(explained, "Service prod/web (resourceVersion 1008)");
    }

    private static async Task<FakeApiServer> StartAsync()
    {
        var server = await FakeApiServer.StartAsync();
        server.Put(ResourceKind.Namespace, """{"metadata": {"name": "prod"}}""");
        PutService(server);
        PutSlice(server, "web-b", "10.244.1.1", isReady: true);
        PutSlice(server, "web-a", "10.244.1.2", isReady: false);
        return server;
    }

    private static void PutService(FakeApiServer server) => server.Put(ResourceKind.Service, """
        {"metadata": {"name": "web", "namespace": "prod"}, "spec": {"clusterIP": "10.96.0.1", "ports": [{"port": 80}]}}
        """);

    private static void PutSlice(FakeApiServer server, string name, string address, bool isReady) => server.Put(
        ResourceKind.EndpointSlice,
        $$$"""
        {"metadata": {"name": "{{{name}}}", "namespace": "prod", "labels": {"kubernetes.io/service-name": "web"}}, "addressType": "IPv4",
         "endpoints": [{"addresses": ["{{{address}}}"], "conditions": {"ready": {{{(isReady ? "true" : "false")}}} }}], "ports": [{"port": 80}]}
        """);

    private static async Task BecomesAsync(SocketlessServer server, string expected)
    {
        var request = new ExplainRequest("web.prod.svc.cluster.local.", RecordType.A, null);
        string found;
        var started = Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(PollInterval);
            var result = await server.Explainer.ExplainAsync(request, CancellationToken.None);
            found = result.Explanation!.Names[0].Object?.ToString() ?? "";
        }
        while (found != expected && Stopwatch.GetElapsedTime(started) < Deadline);

        Assert.That(found, Is.EqualTo(expected));
    }

    private Task<CommandRun> RunAsync(FakeApiServer server, params string[] words) => CommandRun.RunAsync(
        context => context with { Input = new MemoryStream(Encoding.UTF8.GetBytes(Corefile)) },
        ["explain", "-conf", CorefileLoader.StandardInputName, "--kubeconfig", _kubeconfig.Write(server), .. words]);
}
