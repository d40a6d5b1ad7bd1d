using System.Text;
using System.Text.RegularExpressions;
using ClusterDns.Corefile;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Testing.Faults;
using ClusterDns.Tests.Cli.Commands;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Explaining;

/// <summary><c>explain --kubeconfig</c> where nothing can be read: one line that says why, an exit code, and an end of waiting.</summary>
[TestFixture]
internal sealed class UnreadableClusterTests
{
    /// <summary>A server would wait an hour for its cluster; nobody at a terminal does.</summary>
    private const string Corefile = ".:53 {\n    kubernetes cluster.local {\n        startup_timeout 1h\n    }\n}\n";

    /// <summary>For tests whose end is only that time is up.</summary>
    private readonly HurriedTime _hurriedTime = new(factor: 10);

    private KubeconfigFile _kubeconfig = null!;

    [SetUp]
    public void Create() => _kubeconfig = new KubeconfigFile();

    [TearDown]
    public void Delete() => _kubeconfig.Dispose();

    [Test]
    public async Task Run_NobodyListens_IsOneError() => AssertUnread(
        await RunAsync(FakeKubeconfig.Of("http://127.0.0.1:1"), _hurriedTime), "Connection refused (127.0.0.1:1)");

    [Test]
    public async Task Run_TokenThatIsNotAccepted_IsOneError()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.RequiredToken = "another";

        AssertUnread(
            await RunAsync(FakeKubeconfig.Of(server.Url.ToString())),
            "token or client certificate not accepted: the API server answered 401 Unauthorized: by request");
    }

    [Test]
    public async Task Run_OneKindForbidden_NamesIt()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Inject(new FakeFault.Status(403, "Forbidden"), ResourceKind.Service, times: int.MaxValue);

        AssertUnread(
            await RunAsync(FakeKubeconfig.Of(server.Url.ToString())),
            "not allowed: the API server answered 403 Forbidden: by request",
            "Service");
    }

    /// <summary>A role that knows list alone is enough.</summary>
    [Test]
    public async Task Run_OnlyStreamedListsForbidden_Explains()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Put(ResourceKind.Namespace, """{"metadata": {"name": "prod"}}""");
        server.Inject(new FakeFault.Status(403, "Forbidden"), call: FakeCall.Watch, times: int.MaxValue);

        var run = await RunAsync(FakeKubeconfig.Of(server.Url.ToString()));

        Assert.That(run.Errors, Is.Empty);
        Assert.That((run.Code, run.OutputLines[^1]), Is.EqualTo((1, "Not resolved. Create a Service web in namespace prod, or look for its right name with `kubectl -n prod get services`.")));
    }

    [Test]
    public async Task Run_ServerThatSaysNothing_IsOneErrorInTheEnd()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Inject(new FakeFault.Hang(), times: int.MaxValue);
        var run = await RunAsync(FakeKubeconfig.Of(server.Url.ToString()), _hurriedTime);

        Assert.That(run, Is.EqualTo(new CommandRun(
            9,
            "",
            $"the cluster of {_kubeconfig.Path} cannot be read within 30 seconds: the API server has not told of EndpointSlice, Namespace, Service\n")));
    }

    [Test]
    public async Task Run_ServerThatIsSomethingElse_IsOneError()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Inject(FakeFault.Html, times: int.MaxValue);

        AssertUnread(
            await RunAsync(FakeKubeconfig.Of(server.Url.ToString()), _hurriedTime),
            "the API server answered text/html instead of JSON");
    }

    /// <summary>What is there for a moment only is waited for.</summary>
    [Test]
    public async Task Run_ServerThatIsRestarting_Explains()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Put(ResourceKind.Namespace, """{"metadata": {"name": "prod"}}""");
        server.Inject(new FakeFault.Reset(), times: 3);

        var run = await RunAsync(FakeKubeconfig.Of(server.Url.ToString()));

        Assert.That((run.Code, run.Errors), Is.EqualTo((1, "")));
    }

    [TestCase("", "it has nothing, or nothing where a kubeconfig has a field")]
    [TestCase("# nothing\n", "it has nothing, or nothing where a kubeconfig has a field")]
    [TestCase("not: [yaml", "While parsing a flow sequence, did not find expected ',' or ']'.")]
    [TestCase("apiVersion: v1\nkind: Config\n", "Cannot infer server host url either from context or masterUrl")]
    public async Task Run_BrokenKubeconfig_IsOneError(string text, string expected) =>
        Assert.That(await RunAsync(text), Is.EqualTo(Unloaded(expected)));

    [TestCase("127.0.0.1:6443", "Bad server host URL `127.0.0.1:6443` (cannot be parsed)")]
    [TestCase("ftp://127.0.0.1/", "server ftp://127.0.0.1/ is not a URL that begins with http:// or https://")]
    public async Task Run_KubeconfigOfNoServer_IsOneError(string url, string expected) =>
        Assert.That(await RunAsync(FakeKubeconfig.Of(url)), Is.EqualTo(Unloaded(expected)));

    [Test]
    public async Task Run_CredentialPluginThatPrintsNothing_IsOneLine()
    {
        var run = await RunAsync(FakeKubeconfig.Of("http://127.0.0.1:1").Replace(
            "token: letmein", "exec: { apiVersion: client.authentication.k8s.io/v1, command: \"true\", interactiveMode: Never }"));

        Assert.That((run.Code, run.Output), Is.EqualTo((1, "")));
        Assert.That(run.Errors, Does.Match(@"\Aplugin/kubernetes: unable to load kubeconfig \S+: external exec failed[^\n]+\n\z"));
    }

    [Test]
    public async Task Run_KubeconfigThatIsNotThere_IsOneError() =>
        Assert.That(await RunAsync(null), Is.EqualTo(Unloaded($"kubeconfig file not found at {_kubeconfig.Path}")));

    // Each kind is asked for by itself: when it is over for one, another may not have been answered yet.
    private void AssertUnread(CommandRun run, string why, string kinds = "[A-Za-z, ]+")
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.Code, run.Output), Is.EqualTo((9, "")));
            Assert.That(
                run.Errors, Does.Match(@$"\A{Regex.Escape($"the cluster of {_kubeconfig.Path} cannot be read: {why}")} \(asked for {kinds}\)\n\z"));
        }
    }

    private CommandRun Unloaded(string why) => new(1, "", $"plugin/kubernetes: unable to load kubeconfig {_kubeconfig.Path}: {why}\n");

    /// <param name="kubeconfig">The file's text; null for no file.</param>
    /// <param name="time">The program's; null for that of the wall.</param>
    private Task<CommandRun> RunAsync(string? kubeconfig, TimeProvider? time = null)
    {
        if (kubeconfig is not null)
        {
            _kubeconfig.Write(kubeconfig);
        }

        return CommandRun.RunAsync(
            context => context with { Input = new MemoryStream(Encoding.UTF8.GetBytes(Corefile)), Time = time ?? TimeProvider.System },
            ["explain", "web.prod.svc.cluster.local.", "-conf", CorefileLoader.StandardInputName, "--kubeconfig", _kubeconfig.Path]);
    }
}
