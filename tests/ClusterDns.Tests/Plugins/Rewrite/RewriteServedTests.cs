using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Tests.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>Rewritten names of a cluster through a whole server.</summary>
[TestFixture]
internal sealed class RewriteServedTests
{
    private const string Corefile = """
        .:0 {
            errors
            log queue.example.old.local
            rewrite name suffix .old.local .svc.cluster.local answer auto
            rewrite name alias.example.com backend-service.example.svc.cluster.local
            rewrite cname suffix .example.com .example.svc.cluster.local
            kubernetes cluster.local {
                fallthrough
            }
            whoami
        }
        """;

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        _server = await RunningServer.StartAsync(Corefile, RepositoryFiles.PathOf("deploy/example"));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("Backend-Service.Example.OLD.local.", "Backend-Service.Example.OLD.local. 5 A 10.96.151.12")]
    [TestCase("alias.EXAMPLE.com.", "alias.EXAMPLE.com. 5 A 10.96.151.12")]
    [TestCase("backend-service.example.svc.cluster.local.", "backend-service.example.svc.cluster.local. 5 A 10.96.151.12")]
    public async Task Service_UnderAnotherName_IsAnsweredUnderThatName(string name, string expected)
    {
        var packet = QueryFactory.Packet(name, RecordType.A);

        var sent = await _server.AskUdpAsync(packet);

        var reply = ReplyDecoder.Decode(packet, sent);

        Assert.That((reply.ResponseCode, string.Join('\n', reply.Answer)), Is.EqualTo(("NOERROR", expected)));
    }

    [Test]
    public async Task Log_OfARewrittenQuery_HasTheNameAskedForAndTheSizeThatWasServed()
    {
        var packet = QueryFactory.Packet("queue.example.old.local.", RecordType.A);
        var served = QueryFactory.Packet("queue.example.svc.cluster.local.", RecordType.A);

        await _server.AskUdpAsync(packet);
        await Eventually.IsTrue(
            () => _server.Log.Any(line => line.Contains("queue.example", StringComparison.Ordinal)), "the query is logged");

        Assert.That(
            _server.Log.Single(line => line.Contains("queue.example", StringComparison.Ordinal)),
            Does.Contain($" - {QueryFactory.Id} \"A IN queue.example.old.local. udp {served.Length} false 512\" NOERROR qr,aa,rd "));
    }

    [TestCase("backend-service.example.old.local.")]
    [TestCase("alias.example.com.")]
    public void Chain_AnsweredFromMemory_AllocatesNothing(string name)
    {
        var handler = _server.CreateHandler();
        var path = new CountingReplyPath();
        var packet = QueryFactory.Packet(name, RecordType.A, udpSize: 1232);
        var asked = 0;

        var allocated = Allocation.Of(() =>
        {
            asked++;
            handler.Handle(packet, path);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(path.Sent, Is.EqualTo(asked));
            Assert.That(MessageHeader.AnswerCount(path.Last), Is.EqualTo(1));
            Assert.That(allocated, Is.Zero);
        }
    }
}
