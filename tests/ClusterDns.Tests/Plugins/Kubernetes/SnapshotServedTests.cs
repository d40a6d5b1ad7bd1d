using System.Diagnostics;
using System.Net;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>A whole server that starts while the API server is down, and the API server that comes back.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SnapshotServedTests : IDisposable
{
    private const string Kept = "kept.shop.svc.cluster.local.";
    private const string Gone = "gone.shop.svc.cluster.local.";
    private const string Unknown = "new.shop.svc.cluster.local.";

    /// <summary>Lines are written behind the server's back; milliseconds.</summary>
    private const int LogPatience = 30_000;

    private const int LogPoll = 5;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snapshot-");
    private IPEndPoint _api = new(IPAddress.Loopback, 0);

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Server_WithoutApiServer_AnswersFromTheSnapshotUntilItIsBack()
    {
        await WriteSnapshotAsync();
        var started = Stopwatch.GetTimestamp();
        await using var server = await StartAsync();
        var first = await AskAsync(server, Kept);
        var waited = Stopwatch.GetElapsedTime(started);
        TestContext.Out.WriteLine($"first answer after {waited.TotalMilliseconds:0} ms");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo("5 10.96.0.1 stale"));
            Assert.That(await AskAsync(server, Gone), Is.EqualTo("5 10.96.0.2 stale"));
            Assert.That(await AskAsync(server, Unknown), Is.EqualTo("ServerFailure"));
            Assert.That(waited, Is.LessThan(TimeSpan.FromSeconds(4)), "a second for the API server, and a busy machine");
            Assert.That(await PageAsync(server, "ready", "/ready"), Is.EqualTo("OK"));
            Assert.That(await MetricAsync(server, "in_use"), Is.EqualTo("1"));
            Assert.That(double.Parse(await MetricAsync(server, "age_seconds")), Is.InRange(0.001, 60));
        }

        await using var api = await FakeApiServer.StartAsync(new FakeApiServerOptions { Endpoint = _api });
        Put(api, "kept", 1);
        Put(api, "new", 3);
        api.Put(ResourceKind.Namespace, """{"metadata":{"name":"shop"}}""");

        var answers = new HashSet<string>();
        using var deadline = new CancellationTokenSource(Deadline);
        var isBack = false;
        for (var rounds = 0; rounds < 50; rounds += isBack ? 1 : 0)
        {
            deadline.Token.ThrowIfCancellationRequested();
            var kept = await AskAsync(server, Kept);
            Assert.That(kept, Is.EqualTo("30 10.96.0.1 fresh").Or.EqualTo(isBack ? "" : "5 10.96.0.1 stale"), "never missing, and never stale again");
            isBack |= kept.EndsWith("fresh");
            answers.Add(await AskAsync(server, Unknown));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Is.SubsetOf(new[] { "ServerFailure", "5 10.96.0.3 stale", "30 10.96.0.3 fresh" }), "never denied");
            Assert.That(await AskAsync(server, Gone), Is.EqualTo("NameError"));
            Assert.That(await AskAsync(server, Unknown), Is.EqualTo("30 10.96.0.3 fresh"));
            Assert.That(await MetricAsync(server, "in_use"), Is.EqualTo("0"));
            Assert.That(await MetricAsync(server, "age_seconds"), Is.EqualTo("0"));
            Assert.That(() => server.Log, Has.One.Contains("2 services in 1 namespaces are served from the snapshot").After(LogPatience, LogPoll));
            Assert.That(() => server.Log, Has.One.Contains("is not served any more").After(LogPatience, LogPoll));
        }
    }

    [Test]
    public async Task Server_WithoutApiServerAndSnapshot_StartsAsBefore()
    {
        await using (var api = await FakeApiServer.StartAsync())
        {
            _api = new IPEndPoint(IPAddress.Loopback, api.Url.Port);
        }

        await using var server = await StartAsync();
        Assert.That(await AskAsync(server, Kept), Is.EqualTo("ServerFailure"));
        Assert.That(() => server.Log, Has.One.Contains("There is no snapshot ").After(LogPatience, LogPoll));
    }

    [Test]
    public async Task Manifests_WithASnapshot_SayThatItMeansNothing()
    {
        await using var server = await RunningServer.StartAsync(
            Corefile("http://127.0.0.1:1"), RepositoryFiles.PathOf("deploy/example"));
        Assert.That(() => server.Log, Has.One.Contains("the snapshot property means nothing with them").After(LogPatience, LogPoll));
        Assert.That(_folder.EnumerateFileSystemInfos(), Is.Empty);
    }

    private async Task WriteSnapshotAsync()
    {
        await using var api = await FakeApiServer.StartAsync();
        _api = new IPEndPoint(IPAddress.Loopback, api.Url.Port);
        api.Put(ResourceKind.Namespace, """{"metadata":{"name":"shop"}}""");
        Put(api, "kept", 1);
        Put(api, "gone", 2);
        await using var server = await StartAsync();
        Assert.That(await AskAsync(server, Kept), Is.EqualTo("30 10.96.0.1 fresh"));
        await server.StopAsync(CancellationToken.None);
        Assert.That(_folder.EnumerateFiles().Select(file => file.Name), Is.EqualTo(new[] { "names" }));
    }

    private static void Put(FakeApiServer api, string name, int address) => api.Put(ResourceKind.Service, $$$"""
        {"metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"clusterIP":"10.96.0.{{{address}}}","ports":[{"name":"http","port":80}]}}
        """);

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(Corefile($"http://{_api}"));

    private string Corefile(string endpoint) => $$"""
        .:0 {
            bind 127.0.0.1
            root {{_folder.FullName}}
            ready 127.0.0.1:0
            prometheus 127.0.0.2:0
            kubernetes cluster.local {
                endpoint {{endpoint}}
                ttl 30
                startup_timeout 3s
                snapshot names
            }
        }
        """;

    /// <summary><c>TTL ADDRESS</c>, and whether a client with EDNS was told that it is stale; else the RCODE.</summary>
    private static async Task<string> AskAsync(RunningServer server, string name)
    {
        var query = QueryFactory.Packet(name, RecordType.A, udpSize: 1232);
        var reply = await server.AskUdpAsync(query);
        Assert.That(ReplyReader.TryRead(reply, out var fields), Is.True);
        var isStale = fields.Edns.TryFindOption(reply, EdnsOption.ExtendedError, out var data) && data.SequenceEqual(ExtendedErrors.StaleAnswer);
        var decoded = ReplyDecoder.Decode(query, reply);
        var words = decoded.Answer.FirstOrDefault()?.Split(' ');
        return words is null
            ? decoded.ResponseCode switch { "SERVFAIL" => "ServerFailure", "NXDOMAIN" => "NameError", var code => code }
            : $"{words[1]} {words[3]} {(isStale ? "stale" : "fresh")}";
    }

    private static async Task<string> MetricAsync(RunningServer server, string name)
    {
        var page = await PageAsync(server, "prometheus", "/metrics");
        var line = page.Split('\n').Single(line => line.StartsWith($"clusterdns_kubernetes_snapshot_{name}{{"));
        return line.Split(' ')[^1];
    }

    private static async Task<string> PageAsync(RunningServer server, string plugin, string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var endpoint = server.PageEndpoint(plugin == "ready" ? "127.0.0.1:0" : "127.0.0.2:0");
        return await client.GetStringAsync($"http://{endpoint}{path}");
    }
}
