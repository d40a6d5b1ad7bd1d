using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Tests.Plugins.Autopath;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Aaaa;

/// <summary>With the plugins around it, in a whole server: whoami stands where the upstreams would.</summary>
[TestFixture]
internal sealed class AaaaServedTests
{
    private const string Corefile = """
        .:0 {
            errors
            DNS64
            cache 30
            kubernetes cluster.local
            aaaa never
            whoami
        }
        """;

    [TestCase("gateway.example.svc.cluster.local. AAAA", "gateway.example.svc.cluster.local. 5 AAAA fd00:10:96::4450", Description = "the cluster's")]
    [TestCase("backend-service.example.svc.cluster.local. AAAA", "", Description = "the cluster's NODATA")]
    [TestCase("www.example.com. AAAA", "")]
    public async Task Name_WithItsOwnRecords_IsServedAsEver(string question, string expected)
    {
        var reply = await AskAsync("", question);

        Assert.That((reply.ResponseCode, string.Join('\n', reply.Answer)), Is.EqualTo(("NOERROR", expected)));
        Assert.That(reply.Authority.Count, Is.EqualTo(expected.Length > 0 ? 0 : 1));
        Assert.That(reply.Additional, Is.Empty, "whoami was not asked");
    }

    [Test]
    public async Task Dns64_InFront_MakesAddressesOfIPv4()
    {
        var reply = await AskAsync("dns64 {\n allow_ipv4\n }", "backend-service.example.svc.cluster.local. AAAA");

        Assert.That(reply.Answer, Is.EqualTo(new[] { "backend-service.example.svc.cluster.local. 5 AAAA 64:ff9b::a60:970c" }));
    }

    [TestCase("", "0")]
    [TestCase("dns64 {\n allow_ipv4\n }", "+")]
    public async Task Upstream_OfAaaa_IsNotAsked(string dns64, string verdict)
    {
        await using var cluster = await ServedCluster.StartAsync($"aaaa never\ncache 30\n{dns64}");

        Assert.That(await cluster.VerdictAsync("both.example.com.", RecordType.AAAA), Is.EqualTo(verdict));
        Assert.That(await cluster.VerdictAsync("both.example.com.", RecordType.A), Is.EqualTo("+"));
        Assert.That(await cluster.VerdictAsync("none.example.com.", RecordType.A), Is.EqualTo("X"));
        Assert.That(await cluster.VerdictAsync("six.orders.svc.cluster.local.", RecordType.AAAA), Is.EqualTo("+"));
        Assert.That(cluster.Upstream.Received.Select(query => query.Type), Is.All.EqualTo(RecordType.A));
    }

    /// <summary>The cluster of this test has IPv6, so that <c>auto</c> asks.</summary>
    [TestCase("auto")]
    [TestCase("always")]
    public async Task Upstream_OfAaaaWhereThereIsIPv6_IsAsked(string mode)
    {
        await using var cluster = await ServedCluster.StartAsync($"aaaa {mode}");

        Assert.That(await cluster.VerdictAsync("both.example.com.", RecordType.AAAA), Is.EqualTo("+"));
    }

    [Test]
    public async Task Cache_InFront_IsNotFilledWithWhatIsMadeAgainAsFast()
    {
        await using var server = await RunningServer.StartAsync(
            Corefile.Replace("DNS64", "", StringComparison.Ordinal), RepositoryFiles.PathOf("deploy/example"));
        var packet = QueryFactory.Packet("www.example.com.", RecordType.AAAA);

        await server.AskUdpAsync(packet);
        await server.AskUdpAsync(packet);

        using var page = new MemoryStream();
        await server.Services.Registry.CollectAndExportAsTextAsync(page);
        Assert.That(
            System.Text.Encoding.UTF8.GetString(page.ToArray()),
            Does.Match("(?m)^coredns_cache_misses_total\\{.*\\} 2$")
                .And.Match("(?m)^coredns_cache_entries\\{.*type=\"denial\".*\\} 0$"));
    }

    private static async Task<ConformanceReply> AskAsync(string dns64, string question)
    {
        await using var server = await RunningServer.StartAsync(
            Corefile.Replace("DNS64", dns64, StringComparison.Ordinal), RepositoryFiles.PathOf("deploy/example"));
        var words = question.Split(' ');
        var packet = QueryFactory.Packet(words[0], Enum.Parse<RecordType>(words[1]));
        var sent = await server.AskUdpAsync(packet);
        return ReplyDecoder.Decode(packet, sent);
    }
}
