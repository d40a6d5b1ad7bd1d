using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>An answer out of a zone file allocates nothing, from the packet's arrival to the reply's departure.</summary>
[TestFixture]
internal sealed class FileAllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 1_000;

    private readonly Dictionary<string, RunningServer> _servers = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        foreach (var zone in new[] { "example.org", "signed" })
        {
            _servers[zone] = await RunningServer.StartAsync($$"""
                example.org:0 {
                    errors
                    prometheus 127.0.0.1:0
                    file {{RepositoryFiles.PathOf($"tests/ClusterDns.Tests/Plugins/File/zones/{zone}.zone")}}
                }
                """);
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }

    [TestCase("example.org", "www.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("example.org", "www.example.org.", RecordType.TXT, ResponseCode.NoError)]
    [TestCase("example.org", "nowhere.example.org.", RecordType.A, ResponseCode.NameError)]
    [TestCase("example.org", "a.b.c.d.e.f.example.org.", RecordType.A, ResponseCode.NameError)]
    [TestCase("example.org", "x.y.wild.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("example.org", "alias2.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("example.org", "x.star.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("example.org", "foo.dname.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("example.org", "x.sub.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("example.org", "_sip._tcp.example.org.", RecordType.SRV, ResponseCode.NoError)]
    [TestCase("example.org", "example.org.", RecordType.MX, ResponseCode.NoError)]
    [TestCase("example.org", "example.org.", RecordType.NS, ResponseCode.NoError)]
    [TestCase("example.org", "example.org.", RecordType.SOA, ResponseCode.NoError)]
    [TestCase("signed", "a.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("signed", "x.w.example.org.", RecordType.A, ResponseCode.NoError)]
    [TestCase("signed", "a.example.org.", RecordType.TXT, ResponseCode.NoError)]
    [TestCase("signed", "nowhere.example.org.", RecordType.A, ResponseCode.NameError)]
    [TestCase("signed", "x.unsigned.example.org.", RecordType.A, ResponseCode.NoError)]
    public void Chain_AnsweredFromAZoneFile_AllocatesNothing(string zone, string name, RecordType type, ResponseCode expected)
    {
        var server = _servers[zone];
        var handler = new PacketHandler(
            server.FirstRoutes, new QueryPool(), server.Services.Time, server.Services.Metrics.Panics, NullLogger.Instance);
        var path = new CountingReplyPath();
        var packet = QueryFactory.Packet(name, type, udpSize: 1232, dnssecOk: true);
        Ask(handler, packet, path, WarmUp);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(handler, packet, path, Measured);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(path.Sent, Is.EqualTo(WarmUp + Measured));
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(path.Last)), Is.EqualTo(expected));
            Assert.That(allocated, Is.Zero);
        }
    }

    private static void Ask(PacketHandler handler, byte[] packet, CountingReplyPath path, int times)
    {
        for (var i = 0; i < times; i++)
        {
            handler.Handle(packet, path);
        }
    }
}
