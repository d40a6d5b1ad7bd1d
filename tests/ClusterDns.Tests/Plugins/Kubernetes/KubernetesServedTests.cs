using ClusterDns.Corefile;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>The directive in a whole server, in front of the example manifests.</summary>
internal sealed class KubernetesServedTests
{
    private static readonly string Manifests = RepositoryFiles.PathOf("deploy/example");

    [Test]
    public async Task Cluster_Served_IsAnsweredOverASocket()
    {
        await using var server = await StartAsync("bind 127.0.0.1\nkubernetes cluster.local in-addr.arpa");
        var service = await AskAsync(server, "backend-service.example.svc.cluster.local.", RecordType.A);
        var pointer = await AskAsync(server, "12.151.96.10.in-addr.arpa.", RecordType.PTR);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Answer, Is.EqualTo(new[] { "backend-service.example.svc.cluster.local. 5 A 10.96.151.12" }));
            Assert.That(pointer.Answer, Is.EqualTo(new[] { "12.151.96.10.in-addr.arpa. 5 PTR backend-service.example.svc.cluster.local." }));
        }
    }

    [Test]
    public async Task AliasOutOfOneBlock_Served_IsFollowedIntoAnother()
    {
        await using var server = await RunningServer.StartAsync(
            """
            default.svc.cluster.local:0 {
                bind 127.0.0.1
                kubernetes cluster.local {
                    ttl 30
                }
            }
            example.svc.cluster.local:0 {
                bind 127.0.0.1
                kubernetes cluster.local
            }
            """,
            Manifests);
        var reply = await AskAsync(server, "backend-service.default.svc.cluster.local.", RecordType.A);
        Assert.That(reply.Answer, Is.EqualTo(new[]
        {
            "backend-service.default.svc.cluster.local. 30 CNAME backend-service.example.svc.cluster.local.",
            "backend-service.example.svc.cluster.local. 30 A 10.96.151.12",
        }));
    }

    [Test]
    public async Task Server_BoundToAnAddress_DoesNotKnowItsNameServers()
    {
        await using var server = await StartAsync("bind 127.0.0.1\nkubernetes cluster.local");
        var reply = await AskAsync(server, "cluster.local.", RecordType.NS);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Answer, Is.Empty);
            Assert.That(reply.Authority, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Cluster_Listed_IsReady()
    {
        await using var server = await StartAsync("bind 127.0.0.1\nready 127.0.0.1:0\nkubernetes cluster.local");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var page = server.PageEndpoint("127.0.0.1:0");
        Assert.That(await client.GetStringAsync($"http://{page}/ready"), Is.EqualTo("OK"));
    }

    [Test]
    public void Mistake_InTheDirective_NamesPluginFileAndLine() =>
        Assert.That(
            () => StartAsync("kubernetes cluster.local {\nttl never\n}"),
            Throws.TypeOf<CorefileException>().With.Message.EqualTo(
                "plugin/kubernetes: stdin:3 - Error during parsing: strconv.Atoi: parsing \"never\": invalid syntax"));

    [Test]
    public void SecondDirective_InOneBlock_IsRefused() =>
        Assert.That(
            () => StartAsync("kubernetes cluster.local\nkubernetes east.local"),
            Throws.TypeOf<CorefileException>().With.Message.EqualTo(
                "plugin/kubernetes: stdin:3 - Error during parsing: this plugin can only be used once per Server Block"));

    private static Task<RunningServer> StartAsync(string lines) => RunningServer.StartAsync($".:0 {{\n{lines}\n}}\n", Manifests);

    private static async Task<ConformanceReply> AskAsync(RunningServer server, string name, RecordType type)
    {
        var query = QueryFactory.Packet(name, type);
        var reply = await server.AskUdpAsync(query);
        return ReplyDecoder.Decode(query, reply);
    }
}
