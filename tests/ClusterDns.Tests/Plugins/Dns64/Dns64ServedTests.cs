using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Dns64;

/// <summary>Addresses of a cluster's Services for clients without IPv4.</summary>
[TestFixture]
internal sealed class Dns64ServedTests
{
    private const string Corefile = """
        .:0 {
            errors
            dns64 {
                allow_ipv4
            }
            rewrite name alias.example.com backend-service.example.svc.cluster.local
            kubernetes cluster.local
        }
        """;

    [TestCase("backend-service.example.svc.cluster.local.", "NOERROR", 1)]
    [TestCase("alias.Example.com.", "NOERROR", 1)]
    [TestCase("missing.example.svc.cluster.local.", "NXDOMAIN", 0)]
    public async Task Service_WithoutIPv6_HasAnAddressMadeUp(string name, string code, int answers)
    {
        await using var server = await RunningServer.StartAsync(Corefile, RepositoryFiles.PathOf("deploy/example"));
        var packet = QueryFactory.Packet(name, RecordType.AAAA);

        var sent = await server.AskUdpAsync(packet);

        var reply = ReplyDecoder.Decode(packet, sent);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.ResponseCode, Is.EqualTo(code));
            Assert.That(reply.Answer, Is.EqualTo(Enumerable.Repeat($"{name} 5 AAAA 64:ff9b::a60:970c", answers)));
        }
    }
}
