using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Aaaa;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Aaaa;

/// <summary>AAAA queries in front of upstreams.</summary>
[TestFixture]
internal sealed class AaaaTests
{
    [Test]
    public async Task Never_AskedForAaaa_IsNoDataWithAnSoaOfTheBlocksZone()
    {
        await using var fixture = new PluginFixture(AaaaDirective.Descriptor, "aaaa never");
        using var query = QueryFactory.Ask("www.Example.org.", RecordType.AAAA, udpSize: 1232);
        query.Zone = DnsName.Parse("example.org.");

        var result = fixture.Ask(query);

        var reply = FinishedReply.Of(query);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(ServeResult.Answered));
            Assert.That(query.AnsweredBy, Is.EqualTo("aaaa"));
            Assert.That(reply.ResponseCode, Is.EqualTo("NOERROR"));
            Assert.That(reply.Flags, Is.EquivalentTo(new[] { "RD", "RA" }));
            Assert.That(reply.Answer, Is.Empty);
            Assert.That(
                reply.Authority,
                Is.EqualTo(new[] { "Example.org. 60 SOA ns.dns.Example.org. hostmaster.Example.org. 1 7200 1800 86400 60" })
                    .IgnoreCase);
        }
    }

    [TestCase("aaaa never", RecordType.A, RecordClass.IN)]
    [TestCase("aaaa never", RecordType.ANY, RecordClass.IN)]
    [TestCase("aaaa never", RecordType.HTTPS, RecordClass.IN)]
    [TestCase("aaaa never", RecordType.AAAA, RecordClass.CH)]
    [TestCase("aaaa always", RecordType.AAAA, RecordClass.IN)]
    public async Task Query_OfAnotherKind_GoesOn(string line, RecordType type, RecordClass recordClass)
    {
        await using var fixture = new PluginFixture(AaaaDirective.Descriptor, line) { Rest = _ => ServeResult.Dropped };
        using var query = QueryFactory.Ask("www.example.org.", type, recordClass);

        Assert.That(fixture.Ask(query), Is.EqualTo(ServeResult.Dropped));
    }

    [Test]
    public void Never_InTheRootZone_AllocatesNothing()
    {
        var plugin = new AaaaPlugin(AaaaMode.Never, serverHasIPv6: false);
        using var query = QueryFactory.Ask("www.example.org.", RecordType.AAAA);
        var packet = query.Packet.ToArray();
        var path = new CountingReplyPath();

        Assert.That(
            Allocation.Of(() =>
            {
                query.Read(packet, path);
                plugin.ServeAsync(query);
            }),
            Is.Zero);
        Assert.That(RecordNotation.Read(query.Reply), Is.EqualTo(new[] { ". 60 SOA ns.dns. hostmaster." }));
    }

    private static IEnumerable<TestCaseData> Clusters()
    {
        yield return Case("IPv4 Services, endpoints and pods", false, Service("shop/web", "10.96.0.1"), Pod("shop/web-0", "10.244.0.1"));
        yield return Case("a dual-stack Service", true, Service("shop/web", "10.96.0.1 fd00::1"));
        yield return Case("an IPv6 endpoint", true, Service("shop/web", ""), Slice("shop/web-1", "web", Group("fd00::9")));
        yield return Case("an IPv6 endpoint of no Service", false, Slice("shop/web-1", "", Group("fd00::9")));
        yield return Case("an IPv6 pod", true, Pod("shop/web-0", "fd00::9"));
        yield return Case("a dual-stack pod", true, Put("10.244.0.1", "fd00::9", isHostNetwork: false));
        yield return Case("a dual-stack node", false, Put("10.244.0.1", "fd00::9", isHostNetwork: true));

        static ClusterChange Put(string first, string second, bool isHostNetwork) =>
            ClusterChange.Put(new PodRecord(Key("shop/web-0"), Address(first), Address(second), isHostNetwork));

        static TestCaseData Case(string name, bool isAsked, params ClusterChange[] changes) =>
            new TestCaseData(changes, isAsked).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Clusters))]
    public void Auto_InACluster_AsksIfAnythingHasIPv6(ClusterChange[] changes, bool isAsked)
    {
        var cluster = new ZoneUnderTest().Apply([Namespace("shop"), .. changes]);

        Assert.That(IsAsked(cluster.Zone), Is.EqualTo(isAsked));
    }

    [Test]
    public void Auto_WhenIPv6Goes_AsksNoMore()
    {
        var cluster = new ZoneUnderTest().Apply(
            Namespace("shop"),
            Service("shop/web", "10.96.0.1 fd00::1"),
            Slice("shop/web-1", "web", Group("fd00::9")),
            Pod("shop/web-0", "fd00::9"));
        Assert.That(IsAsked(cluster.Zone), Is.True);
        cluster.Apply(
            Service("shop/web", "10.96.0.1"),
            Slice("shop/web-1", "web", Group("10.244.0.9")),
            Pod("shop/web-0", "10.244.0.9"));
        Assert.That(IsAsked(cluster.Zone), Is.False, "all were changed");

        cluster.Apply(Service("shop/web", "fd00::1"), Slice("shop/web-1", "web", Group("fd00::9")), Pod("shop/web-0", "fd00::9"));
        Assert.That(IsAsked(cluster.Zone), Is.True);
        cluster.Apply(
            Remove(ResourceKind.Service, "shop/web"),
            Remove(ResourceKind.EndpointSlice, "shop/web-1"),
            Remove(ResourceKind.Pod, "shop/web-0"));
        Assert.That(IsAsked(cluster.Zone), Is.False, "all were removed");
    }

    [Test]
    public void Auto_BeforeTheClusterIsKnown_Asks()
    {
        Assert.That(IsAsked(new ZoneUnderTest(ResourceKind.Service).Zone), Is.True);
        Assert.That(IsAsked(null), Is.True);
    }

    [Test]
    public void Auto_OnAServerWithIPv6_Asks() =>
        Assert.That(IsAsked(new ZoneUnderTest().Zone, serverHasIPv6: true), Is.True);

    [TestCase("", false)]
    [TestCase("10.0.0.1 fe80::1 febf::1", false)]
    [TestCase("10.0.0.1 fd00::1", true)]
    [TestCase("2001:db8::1", true)]
    public void Server_ByItsAddresses_HasIPv6OrNot(string addresses, bool expected) =>
        Assert.That(
            AaaaDirective.HasIPv6(addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Address)),
            Is.EqualTo(expected));

    [TestCase("aaaa", "Wrong argument count or unexpected line ending after 'aaaa'")]
    [TestCase("aaaa auto never", "Wrong argument count or unexpected line ending after 'never'")]
    [TestCase("aaaa sometimes", "'sometimes' is none of 'auto', 'always' and 'never'")]
    [TestCase("aaaa auto", "'aaaa auto' needs 'kubernetes' in the same server block")]
    [TestCase("aaaa never {\n}", "Unexpected token '{', expecting argument")]
    public void Directive_WithAMistake_SaysWhich(string lines, string expected) =>
        Assert.That(PluginFixture.ErrorOf(AaaaDirective.Descriptor, lines), Does.EndWith($" - Error during parsing: {expected}"));

    private static bool IsAsked(ClusterZone? zone, bool serverHasIPv6 = false)
    {
        var plugin = new AaaaPlugin(AaaaMode.Auto, serverHasIPv6);
        plugin.Use(zone);
        using var query = QueryFactory.Ask("www.example.org.", RecordType.AAAA);
        return plugin.ServeAsync(query).Result.Outcome == ServeOutcome.Declined;
    }
}
