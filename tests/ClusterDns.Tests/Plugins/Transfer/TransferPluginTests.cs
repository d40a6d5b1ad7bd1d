using System.Buffers.Binary;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Tests.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Transfer;

/// <summary>What a client gets of AXFR and IXFR, over real sockets.</summary>
[TestFixture]
internal sealed class TransferPluginTests
{
    private const string Soa = "cluster.local. 7 SOA ns.dns.cluster.local. hostmaster.cluster.local. SERIAL 7200 1800 86400 7";

    [Test]
    public async Task Axfr_ClusterZone_IsItsServicesByNameBetweenTwoSoas()
    {
        await using var server = await TransferFixture.StartAsync();
        using var client = new TransferClient(server.Endpoint);

        var records = await client.TransferAsync("cluster.local.");

        Assert.That(TransferFixture.WithoutSerial(records), Is.EqualTo(
            $"""
            {Soa}
            cdn.shop.svc.cluster.local. 7 CNAME cdn.example.net.
            db.shop.svc.cluster.local. 7 A 10.244.0.1
            db-0.db.shop.svc.cluster.local. 7 A 10.244.0.1
            _sql._tcp.db.shop.svc.cluster.local. 7 SRV 0 50 5432 db-0.db.shop.svc.cluster.local.
            db.shop.svc.cluster.local. 7 A 10.244.0.2
            10-244-0-2.db.shop.svc.cluster.local. 7 A 10.244.0.2
            _sql._tcp.db.shop.svc.cluster.local. 7 SRV 0 50 5432 10-244-0-2.db.shop.svc.cluster.local.
            web.bank.svc.cluster.local. 7 A 10.96.0.8
            web.shop.svc.cluster.local. 7 A 10.96.0.7
            web.shop.svc.cluster.local. 7 AAAA fd00::7
            web.shop.svc.cluster.local. 7 SRV 0 100 80 web.shop.svc.cluster.local.
            _http._tcp.web.shop.svc.cluster.local. 7 SRV 0 100 80 web.shop.svc.cluster.local.
            _quic._udp.web.shop.svc.cluster.local. 7 SRV 0 100 80 web.shop.svc.cluster.local.
            web.shop.svc.cluster.local. 7 SRV 0 100 9000 web.shop.svc.cluster.local.
            {Soa}
            """));
    }

    [Test]
    public async Task Axfr_ZoneOutside_HasWhatServicesAreReachedBy()
    {
        await using var server = await TransferFixture.StartAsync();
        using var client = new TransferClient(server.Endpoint);

        var records = await client.TransferAsync("example.test.");

        Assert.That(TransferFixture.WithoutSerial(records), Is.EqualTo(
            """
            example.test. 5 SOA ns1.dns.example.test. hostmaster.dns.example.test. SERIAL 7200 1800 86400 5
            example.test. 5 NS ns1.dns.example.test.
            web.bank.example.test. 7 CNAME lb.example.net.
            web.shop.example.test. 5 A 192.0.2.7
            web.shop.example.test. 7 SRV 0 100 80 web.shop.example.test.
            _http._tcp.web.shop.example.test. 7 SRV 0 100 80 web.shop.example.test.
            _quic._udp.web.shop.example.test. 7 SRV 0 100 80 web.shop.example.test.
            web.shop.example.test. 7 SRV 0 100 9000 web.shop.example.test.
            example.test. 5 SOA ns1.dns.example.test. hostmaster.dns.example.test. SERIAL 7200 1800 86400 5
            """));
    }

    [TestCase("in-addr.arpa. AXFR", "REFUSED", Description = "a reverse zone has PTR records alone")]
    [TestCase("svc.cluster.local. AXFR", "REFUSED", Description = "no zone begins here")]
    [TestCase("other.test. AXFR", "REFUSED")]
    [TestCase("cluster.local. IXFR", "SERVFAIL", Description = "without the client's SOA")]
    public async Task Question_ThatIsNoTransfer_GetsItsRcode(string question, string code)
    {
        await using var server = await TransferFixture.StartAsync(TransferFixture.Corefile.Replace(
            "kubernetes", "template ANY ANY other.test {\n rcode REFUSED\n}\n kubernetes", StringComparison.Ordinal));

        Assert.That((await AskTcpAsync(server, Packet(question))).ResponseCode, Is.EqualTo(code));
    }

    [Test]
    public async Task Client_NotListed_IsRefused()
    {
        await using var server = await TransferFixture.StartAsync(
            TransferFixture.Corefile.Replace("to *", "to 192.0.2.0/24 10.0.0.1", StringComparison.Ordinal));

        Assert.That((await AskTcpAsync(server, Packet("cluster.local. AXFR"))).ResponseCode, Is.EqualTo("REFUSED"));
    }

    [TestCase(0, false)]
    [TestCase(1, false)]
    [TestCase(-1, false)]
    [TestCase(int.MaxValue, true)]
    public async Task Ixfr_Serial_GivesTheSoaAloneOnlyWhenItIsNoOlder(int offset, bool isUpToDate)
    {
        await using var server = await TransferFixture.StartAsync();
        var current = await SerialAsync(server);
        var serial = offset switch
        {
            0 => 0u,
            int.MaxValue => current,
            _ => current - (uint)Math.Abs(offset),
        };
        using var client = new TransferClient(server.Endpoint);
        var query = TransferClient.IxfrPacket("cluster.local.", serial);

        await client.SendAsync(query);
        var message = await client.ReadAsync();
        var reply = ReplyDecoder.Decode(query, message);

        Assert.That(reply.AnswerCount, isUpToDate ? Is.EqualTo(1) : Is.GreaterThan(10));
        Assert.That(reply.Answer[0], Does.Contain(" SOA "));
    }

    [Test]
    public async Task Udp_Axfr_IsRefusedAndIxfrGetsTheSoa()
    {
        await using var server = await TransferFixture.StartAsync();
        var axfr = Packet("cluster.local. AXFR");
        var ixfr = TransferClient.IxfrPacket("cluster.local.", 5);

        var refused = Decode(axfr, await server.AskUdpAsync(axfr));
        var soa = Decode(ixfr, await server.AskUdpAsync(ixfr));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ResponseCode, Is.EqualTo("REFUSED"));
            Assert.That(TransferFixture.WithoutSerial(soa.Answer), Is.EqualTo(Soa));
        }
    }

    [Test]
    public async Task Slots_Taken_RefuseUntilOneIsFree()
    {
        await using var server = await TransferFixture.StartAsync();
        var slots = server.Services.Transfers;
        var client = ClusterDns.Transport.TransportAddress.From(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9));
        for (var i = 0; i < ClusterDns.Plugins.Transfer.TransferSlots.MostOfOneClient; i++)
        {
            Assert.That(slots.TryTake(client), Is.True);
        }

        var refused = await AskTcpAsync(server, Packet("cluster.local. AXFR"));
        slots.Return(client);
        var served = await AskTcpAsync(server, Packet("cluster.local. AXFR"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ResponseCode, Is.EqualTo("REFUSED"));
            Assert.That(served.ResponseCode, Is.EqualTo("NOERROR"));
        }

        await Eventually.IsTrue(() => slots.Taken == 3, "the transfer that ended gave its slot back");
    }

    [Test]
    public async Task Transfer_Done_IsLoggedWithItsRecords()
    {
        await using var server = await TransferFixture.StartAsync();
        using var client = new TransferClient(server.Endpoint);

        await client.TransferAsync("cluster.local.");

        await Eventually.IsTrue(
            () => server.Log.Any(line => line.Contains(
                "plugin/transfer: Outgoing transfer of 16 records of zone \"cluster.local.\" to 127.0.0.1 for ", StringComparison.Ordinal)),
            "the line is there");
    }

    [Test]
    public async Task Transfer_OfManyMessages_IsOneQueryForMetricsAndLog()
    {
        await using var server = await TransferFixture.StartAsync(
            TransferFixture.Corefile.Replace("transfer {", "prometheus 127.0.0.1:0\n log\n transfer {", StringComparison.Ordinal),
            TransferFixture.ClusterWith(1000));
        using var client = new TransferClient(server.Endpoint);

        var records = await client.TransferAsync("cluster.local.");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = await http.GetStringAsync(new Uri($"http://{server.PageEndpoint("127.0.0.1:0")}/metrics"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(records, Has.Count.EqualTo(1016));
            Assert.That(client.MessagesRead, Is.GreaterThan(1));
            Assert.That(page, Does.Match("coredns_dns_requests_total\\{.*type=\"AXFR\".*\\} 1\n"));
            Assert.That(page, Does.Match("coredns_dns_responses_total\\{.*plugin=\"transfer\".*\\} 1\n"));
        }

        const string line = "\"AXFR IN cluster.local. tcp ";
        await Eventually.IsTrue(
            () => server.Log.Any(text => text.Contains(line, StringComparison.Ordinal)), "the query is logged");
        Assert.That(server.Log.Count(text => text.Contains(line, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Transfer_UnderWayAtAReload_GoesOnToItsEnd()
    {
        await using var server = await TransferFixture.StartAsync(cluster: TransferFixture.ClusterWith(20_000));
        using var client = new TransferClient(server.Endpoint, receiveBufferSize: 4096);
        var query = Packet("cluster.local. AXFR");
        await client.SendAsync(query);
        await Eventually.IsTrue(() => server.Services.Transfers.Taken == 1, "the transfer has begun");

        Assert.That(await server.ReloadAsync(".:0 {\n bind 127.0.0.1\n whoami\n}"), Is.Null);

        Assert.That(await client.ReadTransferAsync(query), Has.Count.EqualTo(20_016));
    }

    [Test]
    public async Task Transfer_ThatARewriteMeans_IsRefused()
    {
        await using var server = await TransferFixture.StartAsync(TransferFixture.Corefile.Replace(
            "transfer {", "rewrite name exact old.test cluster.local\n transfer {", StringComparison.Ordinal)
            .Replace("cluster.local in-addr.arpa", "cluster.local in-addr.arpa old.test", StringComparison.Ordinal),
            TransferFixture.ClusterWith(1000));

        Assert.That((await AskTcpAsync(server, Packet("old.test. AXFR"))).ResponseCode, Is.EqualTo("REFUSED"));
        await Eventually.IsTrue(() => server.Services.Transfers.Taken == 0, "its slot is free");
    }

    private static byte[] Packet(string question)
    {
        var words = question.Split(' ');
        return QueryFactory.Packet(words[0], Enum.Parse<RecordType>(words[1]));
    }

    private static async Task<ConformanceReply> AskTcpAsync(RunningServer server, byte[] query) =>
        Decode(query, await server.AskTcpAsync(query));

    private static ConformanceReply Decode(byte[] query, byte[] reply) => ReplyDecoder.Decode(query, reply);

    private static async Task<uint> SerialAsync(RunningServer server)
    {
        var reply = await server.AskTcpAsync(QueryFactory.Packet("cluster.local.", RecordType.SOA));
        return BinaryPrimitives.ReadUInt32BigEndian(reply.AsSpan(reply.Length - 20));
    }
}
