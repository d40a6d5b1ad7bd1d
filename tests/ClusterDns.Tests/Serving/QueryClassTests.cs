using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

/// <summary>Classes other than IN, asked of a whole server.</summary>
[TestFixture]
internal sealed class QueryClassTests
{
    private const string ClusterName = "backend-service.example.svc.cluster.local.";

    private const string Kubernetes = """
        .:0 {
            bind 127.0.0.1
            errors
            kubernetes cluster.local
        }
        """;

    private static readonly string Everything = Kubernetes.Replace(
        "    errors\n", "    errors\n    log\n    any\n    local\n    acl\n    minimal\n    loadbalance\n    whoami\n", StringComparison.Ordinal);

    private static readonly string Chaos = With(Kubernetes, "chaos v1");

    [Test]
    public async Task OtherClass_NobodyKnowsAny_IsRefused(
        [Values(RecordClass.CH, RecordClass.HS, RecordClass.NONE, RecordClass.ANY)] RecordClass recordClass,
        [Values(RecordType.A, RecordType.TXT, RecordType.ANY)] RecordType type,
        [Values] bool isEverythingThere)
    {
        await using var server = await StartAsync(isEverythingThere ? Everything : Kubernetes);
        await ExpectRefusedAsync(server, ClusterName, type, recordClass);
    }

    [Test]
    public async Task ClassChaos_OfTheServerItself_IsAnsweredByChaos()
    {
        await using var server = await StartAsync(Chaos);
        var query = QueryFactory.Packet("version.bind.", RecordType.TXT, RecordClass.CH);
        var reply = await AskAsync(server, query);

        Assert.That((reply.ResponseCode, reply.Answer), Is.EqualTo(("NOERROR", new[] { "version.bind. 0 TXT \"v1\"" })));
    }

    [TestCase("hostname.bind.", "NOERROR")]
    [TestCase("version.bind.", "REFUSED", Description = "The other block's, which has no chaos")]
    [TestCase(ClusterName, "REFUSED")]
    public async Task ClassChaos_BlockOfItsOwn_IsAnsweredForThatNameOnly(string name, string expected)
    {
        await using var server = await StartAsync(Kubernetes + "\nhostname.bind:0 {\n    bind 127.0.0.1\n    chaos\n}\n");
        var reply = await AskAsync(server, QueryFactory.Packet(name, RecordType.TXT, RecordClass.CH));

        Assert.That(reply.ResponseCode, Is.EqualTo(expected));
    }

    [TestCase("version.bind.", RecordType.TXT, RecordClass.HS)]
    [TestCase("version.bind.", RecordType.A, RecordClass.CH)]
    [TestCase(ClusterName, RecordType.A, RecordClass.CH)]
    [TestCase(ClusterName, RecordType.TXT, RecordClass.CH)]
    [TestCase("localhost.", RecordType.A, RecordClass.CH)]
    [TestCase(ClusterName, RecordType.ANY, RecordClass.ANY)]
    [TestCase(ClusterName, RecordType.A, RecordClass.NONE)]
    public async Task OtherClass_WhatChaosDoesNotKnow_IsRefused(string name, RecordType type, RecordClass recordClass)
    {
        await using var server = await StartAsync(With(Everything, "chaos v1"));
        await ExpectRefusedAsync(server, name, type, recordClass);
    }

    [Test]
    public async Task ClassIn_OfAClusterName_IsAnsweredBesideChaos()
    {
        await using var server = await StartAsync(Chaos);
        var query = QueryFactory.Packet(ClusterName, RecordType.A);

        Assert.That((await AskAsync(server, query)).Answer, Has.Count.EqualTo(1));
    }

    private static Task<RunningServer> StartAsync(string corefile) =>
        RunningServer.StartAsync(corefile, RepositoryFiles.PathOf("deploy/example"));

    private static async Task<ConformanceReply> AskAsync(RunningServer server, byte[] query)
    {
        var reply = await server.AskUdpAsync(query);
        return ReplyDecoder.Decode(query, reply);
    }

    private static string With(string corefile, string directive) =>
        corefile.Replace("    errors\n", $"    errors\n    {directive}\n", StringComparison.Ordinal);

    private static async Task ExpectRefusedAsync(RunningServer server, string name, RecordType type, RecordClass recordClass)
    {
        var query = QueryFactory.Packet(name, type, recordClass, udpSize: 1232);
        var reply = await AskAsync(server, query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.ResponseCode, Is.EqualTo("REFUSED"));
            Assert.That(reply.Answer.Concat(reply.Authority).Concat(reply.Additional), Is.Empty);
            Assert.That(reply.Flags, Is.EqualTo(["RD"]));
        }
    }
}
