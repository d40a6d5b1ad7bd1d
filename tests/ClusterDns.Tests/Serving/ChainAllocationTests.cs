using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

/// <summary>An answer out of memory allocates nothing, from the packet's arrival to the reply's departure.</summary>
[TestFixture]
internal sealed class ChainAllocationTests
{
    private const string Corefile = """
        .:0 {
            errors
            log {
                class error
            }
            prometheus 127.0.0.1:0
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
            }
            loadbalance
        }
        external.test:0 localhost:0 {
            nsid
            bufsize 512
            local
            dns64
            any
            chaos
            loadbalance {
                prefer 10.244.0.0/16
            }
            header {
                query clear rd
            }
            minimal
            kubernetes cluster.local
            k8s_external external.test {
                headless
                fallthrough
            }
            aaaa never
            whoami
        }
        """;

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        _server = await RunningServer.StartAsync(Corefile, RepositoryFiles.PathOf("deploy/example"));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("backend-service.example.svc.cluster.local.", RecordType.A, ResponseCode.NoError)]
    [TestCase("gateway.example.svc.cluster.local.", RecordType.AAAA, ResponseCode.NoError)]
    [TestCase("queue.example.svc.cluster.local.", RecordType.A, ResponseCode.NoError)]
    [TestCase("_amqp._tcp.queue.example.svc.cluster.local.", RecordType.SRV, ResponseCode.NoError)]
    [TestCase("12.151.96.10.in-addr.arpa.", RecordType.PTR, ResponseCode.NoError)]
    [TestCase("backend-service.example.svc.cluster.local.", RecordType.AAAA, ResponseCode.NoError)]
    [TestCase("missing.example.svc.cluster.local.", RecordType.A, ResponseCode.NameError)]
    [TestCase("backend-service.default.svc.cluster.local.", RecordType.A, ResponseCode.NoError)]
    [TestCase("10-244-0-9.example.pod.cluster.local.", RecordType.A, ResponseCode.NoError)]
    [TestCase("queue.example.external.test.", RecordType.A, ResponseCode.NoError, Description = "k8s_external")]
    [TestCase("backend-service.example.external.test.", RecordType.A, ResponseCode.NoError, Description = "falls through to whoami")]
    [TestCase("queue.example.external.test.", RecordType.SRV, ResponseCode.NoError)]
    [TestCase("ns1.dns.external.test.", RecordType.A, ResponseCode.NoError)]
    [TestCase("x.dns.external.test.", RecordType.A, ResponseCode.NameError)]
    [TestCase("missing.example.external.test.", RecordType.AAAA, ResponseCode.NoError, Description = "aaaa")]
    [TestCase("missing.example.external.test.", RecordType.ANY, ResponseCode.NoError, Description = "any")]
    [TestCase("app.localhost.", RecordType.A, ResponseCode.NoError, Description = "local")]
    [TestCase("localhost.", RecordType.AAAA, ResponseCode.NoError)]
    public void Chain_AnsweredFromMemory_AllocatesNothing(string name, RecordType type, ResponseCode expected)
    {
        var handler = _server.CreateHandler();
        var path = new CountingReplyPath();
        var packet = QueryFactory.Packet(name, type, udpSize: 1232);
        var asked = 0;

        var allocated = Allocation.Of(() =>
        {
            asked++;
            handler.Handle(packet, path);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(path.Sent, Is.EqualTo(asked));
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(path.Last)), Is.EqualTo(expected));
            Assert.That(allocated, Is.Zero);
        }
    }
}
