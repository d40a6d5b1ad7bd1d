using System.Diagnostics;
using System.Net;
using ClusterDns.Testing;
using ClusterDns.Testing.Processes;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>The process as an operator meets it: what it prints, how it ends, what signals do.</summary>
[TestFixture]
internal sealed class ProcessTests
{
    private const int Port = 15353;

    private string _folder = "";

    private string CorefilePath => Path.Combine(_folder, "Corefile");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(".:0 {\n    erors\n}\n", "Corefile:2 - Error during parsing: Unknown directive 'erors', did you mean 'errors'?")]
    [TestCase(".:0 {\n    errors\n", "Corefile:2 - Syntax error: Unexpected token 'errors', expecting '}'")]
    [TestCase(".:0 {\n    kubernetes cluster.local {\n        ttl 9000\n    }\n}\n", "plugin/kubernetes: ")]
    [TestCase(".:0 {\n    route53 example.org:Z1\n}\n", "Corefile:2 - Error during parsing: directive 'route53' is not supported")]
    public async Task Start_WrongCorefile_SaysWhereAndExitsWith1(string corefile, string expected)
    {
        await using var server = Start(corefile);
        var code = await server.WaitForExitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(string.Join('\n', server.Errors), Does.Contain(expected));
        }
    }

    [Test]
    public async Task Start_OutsideOfACluster_SaysWhatIsMissingAndExitsWith1()
    {
        await using var server = Start(".:0 {\n    kubernetes cluster.local\n}\n");
        var code = await server.WaitForExitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(server.Errors, Has.Some.Contains(
                "unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined"));
        }
    }

    [Test]
    public async Task Start_NoSuchCorefile_SaysSoAndExitsWith1()
    {
        await using var server = ServerProcessUnderTest.Start(["-conf", Path.Combine(_folder, "missing")], _folder);
        var code = await server.WaitForExitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(server.Errors, Has.Some.Contains("missing"));
        }
    }

    [Test]
    public async Task Version_Asked_IsPrinted()
    {
        await using var server = ServerProcessUnderTest.Start(["-version"]);
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(server.Output.First(), Does.StartWith("ClusterDns-"));
    }

    [Test]
    public async Task Sigterm_Running_EndsWithZero()
    {
        await using var server = await StartServingAsync();
        await server.SignalAsync("TERM");
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(server.Output, Has.Some.EqualTo("[INFO] SIGTERM: Shutting down servers then terminating"));
    }

    /// <summary>Nobody listens at port 1, so the start waits for the cluster.</summary>
    [TestCase("TERM", 0)]
    [TestCase("INT", 0)]
    [TestCase("QUIT", 0)]
    public async Task Signal_WhileTheStartWaitsForTheCluster_EndsInGoodOrder(string signal, int expected)
    {
        await using var server = Start(".:0 {\n    kubernetes cluster.local {\n        endpoint http://127.0.0.1:1\n        startup_timeout 10m\n    }\n}\n");
        await server.WaitForOutputAsync(line => line.EndsWith("waiting for Kubernetes API before starting server", StringComparison.Ordinal));
        await server.SignalAsync(signal);
        var code = await server.WaitForExitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(expected));
            Assert.That(server.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task Sigterm_Twice_EndsTheLameduckInGoodOrder()
    {
        await using var server = await StartWithLameduckAsync();
        await server.SignalAsync("TERM");
        await server.WaitForOutputAsync(line => line == "[INFO] plugin/health: Going into lameduck mode for 1h0m0s");
        Assert.That(await AskAsync("anything.example."), Is.EqualTo(ResponseCode.NoError));

        await server.SignalAsync("TERM");
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(server.Output, Has.Some.EqualTo("[INFO] SIGTERM again: Waiting for clients no longer"));
    }

    [Test]
    public async Task Sigint_Twice_EndsWith2()
    {
        await using var server = await StartWithLameduckAsync();
        await server.SignalAsync("INT");
        await server.WaitForOutputAsync(line => line == "[INFO] SIGINT: Shutting down servers then terminating");

        await server.SignalAsync("INT");
        Assert.That(await server.WaitForExitAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Sighup_Running_IsIgnored()
    {
        await using var server = await StartServingAsync();
        await server.SignalAsync("HUP");
        await server.SignalAsync("USR1");
        await server.WaitForOutputAsync(line => line == "[INFO] Reloading complete");
    }

    [Test]
    public async Task Sigusr1_WrongCorefile_KeepsTheRunningConfiguration()
    {
        await using var server = await StartServingAsync();
        await File.WriteAllTextAsync(CorefilePath, "example.org {\n    nonsense\n}\n");
        await server.SignalAsync("USR1");
        var line = await server.WaitForOutputAsync(line => line.StartsWith("[ERROR] Restart failed: ", StringComparison.Ordinal));
        Assert.That(line, Does.Contain("Corefile:2 - Error during parsing: Unknown directive 'nonsense'"));
        Assert.That(await AskAsync("anything.example."), Is.EqualTo(ResponseCode.NoError));
    }

    [Test]
    public async Task Sigusr1_OtherCorefile_ServesItOnTheSameSockets()
    {
        await using var server = await StartServingAsync();
        await File.WriteAllTextAsync(CorefilePath, "example.org {\n    bind 127.0.0.1\n    whoami\n}\n");
        await server.SignalAsync("USR1");
        await server.WaitForOutputAsync(line => line == "[INFO] Reloading complete");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AskAsync("www.example.org."), Is.EqualTo(ResponseCode.NoError));
            Assert.That(await AskAsync("anything.example."), Is.EqualTo(ResponseCode.Refused));
        }
    }

    // As kubelet does it: the file is a link into a folder that is a link, and that one is replaced.
    [Test]
    public async Task Reload_ConfigMapSwapped_ServesTheNewFile()
    {
        const string Before = ". {\n    bind 127.0.0.1\n    whoami\n    reload 2s 0s\n}\n";
        WriteConfigMap("..first", Before);
        File.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..first");
        File.CreateSymbolicLink(CorefilePath, "..data/Corefile");
        await using var server = StartOn(CorefilePath);
        await server.WaitUntilItServesAsync();

        WriteConfigMap("..second", Before.Replace(". {", "example.org {"));
        File.CreateSymbolicLink(Path.Combine(_folder, "..data_tmp"), "..second");
        using (var rename = Process.Start("mv", ["-fT", Path.Combine(_folder, "..data_tmp"), Path.Combine(_folder, "..data")]))
        {
            await rename.WaitForExitAsync();
        }

        await server.WaitForOutputAsync(line => line == "[INFO] Reloading complete");
        Assert.That(await AskAsync("anything.example."), Is.EqualTo(ResponseCode.Refused));
    }

    private void WriteConfigMap(string version, string corefile) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, version)).FullName, "Corefile"), corefile);

    private Task<ServerProcessUnderTest> StartWithLameduckAsync() =>
        StartServingAsync(". {\n    bind 127.0.0.1\n    whoami\n    health 127.0.0.1:0 {\n        lameduck 1h\n    }\n}\n");

    private async Task<ServerProcessUnderTest> StartServingAsync(string corefile = ". {\n    bind 127.0.0.1\n    whoami\n}\n")
    {
        var server = Start(corefile);
        await server.WaitUntilItServesAsync();
        return server;
    }

    private ServerProcessUnderTest Start(string corefile)
    {
        File.WriteAllText(CorefilePath, corefile);
        return StartOn(CorefilePath);
    }

    private ServerProcessUnderTest StartOn(string path) => ServerProcessUnderTest.Start(
        ["-conf", path, "-dns.port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture)], _folder);

    private static async Task<ResponseCode> AskAsync(string name)
    {
        var reply = await DnsSocketClient.AskUdpAsync(new IPEndPoint(IPAddress.Loopback, Port), QueryFactory.Packet(name, RecordType.A));
        return MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply));
    }
}
