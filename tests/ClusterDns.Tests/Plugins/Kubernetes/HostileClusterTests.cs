using System.Buffers.Binary;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>
/// What a tenant who may make objects can make of them, from an API server that lets everything pass, through a whole
/// server to its sockets: each answer has a bound, and nobody else's name suffers.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HostileClusterTests
{
    private const string Shop = ".shop.svc.cluster.local.";
    private const int SmallestUdp = 512;
    private const int MostEndpoints = 10_000;
    private const int EndpointsPerSlice = 100;
    private const int RingLength = 50;

    private FakeApiServer _api = null!;
    private RunningServer? _server;

    [SetUp]
    public async Task StartApiServerAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _api.Put(ResourceKind.Namespace, """{"metadata":{"name":"shop"}}""");
        PutService("honest", "10.96.0.1");
    }

    [TearDown]
    public async Task StopAsync()
    {
        Assert.That(await AddressesAsync("honest" + Shop), Is.EqualTo(new[] { "honest" + Shop + " 5 A 10.96.0.1" }), "a neighbour");
        await _server!.DisposeAsync();
        await _api.DisposeAsync();
    }

    [TestCase(null, SmallestUdp)]
    [TestCase(1232, 1232)]
    [TestCase(65_535, 65_507)]
    public async Task TenThousandEndpoints_AskedOverUdp_GiveATruncatedAnswerOfTheClientsSize(int? udpSize, int limit)
    {
        PutEndpoints("huge", MostEndpoints);
        await StartAsync();
        foreach (var type in new[] { RecordType.A, RecordType.SRV })
        {
            var reply = await _server!.AskUdpAsync(QueryFactory.Packet("huge" + Shop, type, udpSize: (ushort?)udpSize));

            using (Assert.EnterMultipleScope())
            {
                Assert.That(reply, Has.Length.LessThanOrEqualTo(limit));
                Assert.That(IsTruncated(reply), Is.True, $"{type} sets TC");
            }
        }
    }

    [TestCase(RecordType.A)]
    [TestCase(RecordType.SRV)]
    public async Task TenThousandEndpoints_AskedOverTcp_GiveAsManyAsAMessageHolds(RecordType type)
    {
        PutEndpoints("huge", MostEndpoints);
        await StartAsync();
        var query = QueryFactory.Packet("huge" + Shop, type);

        var reply = await _server!.AskTcpAsync(query);
        var decoded = ReplyDecoder.Decode(query, reply);

        Assert.That(decoded.ResponseCode, Is.EqualTo("NOERROR"));
        Assert.That(decoded.Answer, Has.Count.GreaterThan(500).And.Unique);
    }

    [Test]
    public async Task ExternalNames_InCircles_AreCutAndHaveNoData()
    {
        PutAlias("self", "self" + Shop);
        PutAlias("ping", "pong" + Shop);
        PutAlias("pong", "ping" + Shop);
        foreach (var link in Enumerable.Range(0, RingLength))
        {
            PutAlias($"ring-{link}", $"ring-{(link + 1) % RingLength}{Shop}");
        }

        await StartAsync();
        foreach (var name in new[] { "self", "ping", "ring-0" })
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(await AddressesAsync(name + Shop), Is.Empty, name);
                Assert.That((await AskAsync(name + Shop, RecordType.AAAA)).ResponseCode, Is.EqualTo("NOERROR"));
                Assert.That((await AskAsync(name + Shop, RecordType.CNAME)).Answer, Has.Count.EqualTo(1), "one link at a time");
            }
        }
    }

    /// <summary>Out of the cluster and back in: another plugin of the server leads to the Service that led to it.</summary>
    [Test]
    public async Task ExternalName_ThatComesBackFromOutside_IsAnsweredWithABound()
    {
        PutAlias("boomerang", "back.test.");
        await StartAsync("""
            template IN ANY back.test {
                answer "{{ .Name }} 60 IN CNAME boomerang.shop.svc.cluster.local."
            }
            """);

        var reply = await _server!.AskTcpAsync(QueryFactory.Packet("boomerang" + Shop, RecordType.A));

        Assert.That(reply, Has.Length.LessThan(4096));
    }

    private static IEnumerable<string> AbsurdNames() =>
    [
        "", ".", "..", "a..b", ".leading", new string('x', 64), string.Join('.', Enumerable.Repeat(new string('x', 63), 5)),
        "spa ce.test", "nul\u0000.test", "line\nfeed.test", "wéird.test", "\ud83d\ude00.test", "\\000.test", "*.test", "a\"b.test", "-.test",
        string.Concat(Enumerable.Repeat("a.", 127)), string.Concat(Enumerable.Repeat("a.", 200)), "192.0.2.1", "::1",
    ];

    [TestCaseSource(nameof(AbsurdNames))]
    public async Task ExternalName_Absurd_IsAnsweredWithABoundAndAWholeName(string target)
    {
        PutAlias("odd", target);
        await StartAsync();
        foreach (var type in new[] { RecordType.A, RecordType.CNAME })
        {
            var query = QueryFactory.Packet("odd" + Shop, type);
            var reply = await _server!.AskUdpAsync(query);

            Assert.That(reply, Has.Length.LessThanOrEqualTo(SmallestUdp));
            Assert.That(ReplyDecoder.Decode(query, reply).ResponseCode, Is.EqualTo("NOERROR").Or.EqualTo("NXDOMAIN").Or.EqualTo("SERVFAIL"));
        }
    }

    [TestCaseSource(nameof(AbsurdNames))]
    public async Task HostnamesPortsAndNames_Absurd_LeaveTheRestOfTheirObjectServed(string name)
    {
        var text = JsonSerializer.Serialize(name);
        _api.Put(ResourceKind.Service, $$$"""
            {"metadata":{"name":"odd","namespace":"shop"},"spec":{"clusterIP":"None","ports":[{"name":{{{text}}},"port":80},{"name":"http","port":81}]}}
            """);
        _api.Put(ResourceKind.EndpointSlice, $$$"""
            {"metadata":{"name":"odd-x","namespace":"shop","labels":{"kubernetes.io/service-name":"odd"}},"addressType":"IPv4",
             "endpoints":[{"addresses":["10.1.0.1"],"hostname":{{{text}}}},{"addresses":[{{{text}}}]},{"addresses":["10.1.0.2"],"hostname":"fine"}],
             "ports":[{"name":{{{text}}},"port":80},{"name":"http","port":81}]}
            """);
        _api.Put(ResourceKind.Service, $$$"""{"metadata":{"name":{{{text}}},"namespace":"shop"},"spec":{"clusterIP":"10.96.0.9"}}""");
        _api.Put(ResourceKind.Namespace, $$$"""{"metadata":{"name":{{{text}}}}}""");
        await StartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AddressesAsync("odd" + Shop), Does.Contain("odd" + Shop + " 5 A 10.1.0.1").And.Contain("odd" + Shop + " 5 A 10.1.0.2"));
            Assert.That(await AddressesAsync("fine.odd" + Shop), Is.EqualTo(new[] { "fine.odd" + Shop + " 5 A 10.1.0.2" }));
            Assert.That((await AskAsync("_http._tcp.odd" + Shop, RecordType.SRV)).Answer, Has.Count.GreaterThanOrEqualTo(2));
        }
    }

    private static bool IsTruncated(byte[] reply) =>
        (BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(2)) & MessageHeader.TruncatedFlag) != 0;

    private async Task StartAsync(string more = "") => _server = await RunningServer.StartAsync($$"""
        .:0 {
            bind 127.0.0.1
            kubernetes cluster.local {
                endpoint {{_api.Url}}
                startup_timeout 60s
            }
            {{more}}
        }
        """);

    private async Task<IReadOnlyList<string>> AddressesAsync(string name) => (await AskAsync(name, RecordType.A)).Answer;

    private async Task<ConformanceReply> AskAsync(string name, RecordType type)
    {
        var query = QueryFactory.Packet(name, type);
        var reply = await _server!.AskUdpAsync(query);
        return ReplyDecoder.Decode(query, reply);
    }

    private void PutService(string name, string address) => _api.Put(
        ResourceKind.Service, $$$"""{"metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"clusterIP":"{{{address}}}","ports":[{"name":"http","port":80}]}}""");

    private void PutAlias(string name, string target) => _api.Put(ResourceKind.Service, $$$"""
        {"metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"type":"ExternalName","externalName":{{{JsonSerializer.Serialize(target)}}}}}
        """);

    private void PutEndpoints(string service, int count)
    {
        _api.Put(ResourceKind.Service, $$$"""
            {"metadata":{"name":"{{{service}}}","namespace":"shop"},"spec":{"clusterIP":"None","ports":[{"name":"http","port":80}]}}
            """);
        foreach (var slice in Enumerable.Range(0, count).Chunk(EndpointsPerSlice))
        {
            var endpoints = string.Join(',', slice.Select(number => $$"""{"addresses":["10.{{1 + (number >> 16)}}.{{(number >> 8) & 255}}.{{number & 255}}"]}"""));
            _api.Put(ResourceKind.EndpointSlice, $$$"""
                {"metadata":{"name":"{{{service}}}-{{{slice[0]}}}","namespace":"shop","labels":{"kubernetes.io/service-name":"{{{service}}}"}},
                 "addressType":"IPv4","endpoints":[{{{endpoints}}}],"ports":[{"name":"http","port":80}]}
                """);
        }
    }
}
