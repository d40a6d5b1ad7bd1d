using System.Text;
using System.Text.Json;
using ClusterDns.Corefile;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Explaining;

[TestFixture]
internal sealed class ExplainCommandTests
{
    private const string Corefile = """
        .:53 {
            errors
            health :0
            ready :0
            kubernetes cluster.local {
                pods verified
                snapshot /nonexistent/snapshot
            }
            prometheus 127.0.0.1:0
            loop
            reload
        }
        """;

    private static readonly string Manifests = RepositoryFiles.PathOf("deploy/example");

    [TestCase("backend-service.example --from default", 0)]
    [TestCase("backend-service.example --from example --type AAAA", 1)]
    [TestCase("missing.example --from default", 1)]
    [TestCase("queue-0.queue --from example", 0)]
    public async Task Run_NameOfACluster_ExitCodeSaysWhetherItResolves(string words, int expected)
    {
        var run = await RunAsync(Corefile, [.. words.Split(' '), "--manifests", Manifests]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(expected));
            Assert.That(run.Errors, Is.Empty);
            Assert.That(run.OutputLines[^1], Does.StartWith(expected == 0 ? "Resolved." : "Not resolved."));
        }
    }

    [Test]
    public async Task Run_Json_IsOneObjectWithEveryName()
    {
        var run = await RunAsync(Corefile, ["backend-servic.example", "--from", "default", "--json", "--manifests", Manifests]);
        using var json = JsonDocument.Parse(run.Output);
        var names = json.RootElement.GetProperty("names");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(json.RootElement.GetProperty("resolved").GetBoolean(), Is.False);
            Assert.That(json.RootElement.GetProperty("ndots").GetInt32(), Is.EqualTo(5));
            Assert.That(names.GetArrayLength(), Is.EqualTo(4));
            Assert.That(names[1].GetProperty("status").GetString(), Is.EqualTo("NXDOMAIN"));
            Assert.That(names[1].GetProperty("plugin").GetString(), Is.EqualTo("kubernetes"));
            Assert.That(
                names[1].GetProperty("reason").GetString(),
                Is.EqualTo("namespace `example` exists, service `backend-servic` does not; nearest: `backend-service`"));
            Assert.That(
                json.RootElement.GetProperty("advice").GetString(),
                Is.EqualTo("Ask for `backend-service.example`, or create a Service backend-servic in namespace example."));
        }
    }

    [Test]
    public async Task Run_WithoutFrom_TakesTheListOfThisMachine()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "search example.svc.cluster.local\noptions ndots:2\n");
        var run = await RunAsync(Corefile, ["backend-service", "--manifests", Manifests], file);
        File.Delete(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero);
            Assert.That(run.OutputLines[1], Is.EqualTo("search example.svc.cluster.local., ndots 2"));
        }
    }

    [TestCase("", "which name?")]
    [TestCase("a..b", "'a..b' is not a domain name")]
    [TestCase("web --type AAAAA", "'AAAAA' is no record type, did you mean AAAA?")]
    [TestCase("web --type AXFR", "a transfer of a zone is more than one question")]
    [TestCase("web --manifests a --kubeconfig b", "--manifests and --kubeconfig exclude each other")]
    [TestCase("web --server 127.0.0.1:1 -conf Corefile", "--server asks a server that has its own Corefile and cluster")]
    [TestCase("web --server http://x/y", "'http://x/y' is not HOST:PORT")]
    [TestCase("web --frm x", "'explain' has no flag --frm, did you mean --from?")]
    [TestCase("web api", "'api' is one argument too many")]
    public async Task Run_WordsWithoutSense_ExitsWith2(string words, string expected)
    {
        var run = await CommandRun.RunAsync(["explain", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(2));
            Assert.That(run.Errors, Does.StartWith(expected + "\n"));
            Assert.That(run.Output, Is.Empty);
        }
    }

    [Test]
    public async Task Run_NobodyOfThatName_ExitsWith2()
    {
        var run = await RunAsync(Corefile, ["web", "--from", "exmple", "--manifests", Manifests]);

        Assert.That(run.Errors, Does.StartWith("there is no namespace or single pod 'exmple', did you mean namespace 'example'?"));
        Assert.That(run.Code, Is.EqualTo(2));
    }

    [Test]
    public async Task Run_MistakeInTheCorefile_IsToldAsAtAStart()
    {
        var run = await RunAsync(".:53 {\n    forwrad . 1.1.1.1\n}\n", ["web", "--manifests", Manifests]);

        Assert.That(run.Errors, Does.Contain("Unknown directive 'forwrad'"));
        Assert.That(run.Code, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_ServerThatIsNotThere_ExitsWith9()
    {
        var run = await CommandRun.RunAsync("explain", "web", "--server", "127.0.0.1:1");

        Assert.That(run.Errors, Does.StartWith("127.0.0.1:1 cannot be asked: "));
        Assert.That(run.Code, Is.EqualTo(9));
    }

    private static Task<CommandRun> RunAsync(string corefile, string[] words, string? resolvConf = null) => CommandRun.RunAsync(
        context => context with
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(corefile)),
            ResolvConfPath = resolvConf ?? context.ResolvConfPath,
        },
        ["explain", "-conf", CorefileLoader.StandardInputName, .. words]);
}
