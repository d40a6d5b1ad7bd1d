using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>The zone's own names: apex, <c>ns.dns</c>, <c>dns-version</c>.</summary>
internal sealed class ApexTests
{
    private const string NameServer = "ns.dns.cluster.local.";
    private const string Dns = "kube-dns.kube-system.svc.cluster.local.";

    [TestCase("cluster.local. SOA", "cluster.local. 5 SOA ns.dns.cluster.local. hostmaster.cluster.local. 1700000000 7200 1800 86400 5")]
    [TestCase("CLUSTER.local. SOA", "CLUSTER.local. 5 SOA ns.dns.CLUSTER.local. hostmaster.CLUSTER.local. 1700000000 7200 1800 86400 5")]
    [TestCase("cluster.local. A", "NODATA")]
    [TestCase("cluster.local. ANY", "NODATA")]
    [TestCase("cluster.local. TXT", "NXDOMAIN")]
    [TestCase("dns-version.cluster.local. TXT", "dns-version.cluster.local. 28800 TXT \"1.1.0\"")]
    [TestCase("DNS-Version.cluster.local. TXT", "DNS-Version.cluster.local. 28800 TXT \"1.1.0\"")]
    [TestCase("dns-version.cluster.local. A", "NXDOMAIN")]
    [TestCase("x.dns-version.cluster.local. TXT", "NXDOMAIN")]
    [TestCase("none.cluster.local. SOA", "NODATA")]
    [TestCase("web.none.svc.cluster.local. SOA", "NODATA")]
    public void OwnName_Asked_IsAnsweredByTheZone(string question, string expected) =>
        Assert.That(At("10.0.0.53").Ask(question), Is.EqualTo(expected));

    [TestCase(0u, "0 SOA", " 0")]
    [TestCase(300u, "300 SOA", " 300")]
    [TestCase(3600u, "300 SOA", " 3600")]
    public void SoaTimeToLive_IsCapped_MinimumIsNot(uint timeToLive, string ttl, string minimum)
    {
        var plugin = new KubernetesUnderTest($"cluster.local {{ \n ttl {timeToLive} \n }}", [Namespace("shop"), Service("shop/web", "10.96.0.1")]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plugin.Ask("cluster.local. SOA"), Does.StartWith($"cluster.local. {ttl}").And.EndWith(minimum));
            Assert.That(plugin.Ask("web.shop.svc.cluster.local. A"), Does.Contain($" {timeToLive} A "));
            Assert.That(plugin.Ask("dns-version.cluster.local. TXT"), Does.Contain(" 28800 TXT "));
        }
    }

    [Test]
    public void ServerIsEndpointOfAService_NsAsked_LeadsToThatService() =>
        Assert.That(
            At("10.0.0.53 fd00::53").Ask("cluster.local. NS"),
            Is.EqualTo($"cluster.local. 5 NS {Dns}\n+ {Dns} 5 A 10.96.0.10\n+ {Dns} 5 AAAA fd00:10:96::a"));

    [Test]
    public void ServerIsEndpointOfAHeadlessService_NsAsked_LeadsToItsEndpoints() =>
        Assert.That(
            At("10.0.0.54").Ask("cluster.local. NS"),
            Is.EqualTo(
                """
                cluster.local. 5 NS a.nodes.kube-system.svc.cluster.local.
                cluster.local. 5 NS 10-0-0-55.nodes.kube-system.svc.cluster.local.
                + a.nodes.kube-system.svc.cluster.local. 5 A 10.0.0.54
                + 10-0-0-55.nodes.kube-system.svc.cluster.local. 5 A 10.0.0.55
                """));

    [Test]
    public void ServerIsNoEndpoint_NsAsked_LeadsToItself() =>
        Assert.That(
            At("192.168.0.7 fe80::7").Ask("cluster.local. NS"),
            Is.EqualTo($"cluster.local. 5 NS {NameServer}\n+ {NameServer} 5 A 192.168.0.7\n+ {NameServer} 5 AAAA fe80::7"));

    [TestCase("10.0.0.53", "A", NameServer + " 5 A 10.96.0.10")]
    [TestCase("10.0.0.53", "AAAA", NameServer + " 5 AAAA fd00:10:96::a")]
    [TestCase("10.0.0.53 fd00::53", "A", NameServer + " 5 A 10.96.0.10", TestName = "Found twice")]
    [TestCase("192.168.0.7", "A", NameServer + " 5 A 192.168.0.7")]
    [TestCase("192.168.0.7", "AAAA", "NODATA")]
    [TestCase("", "A", "NODATA", TestName = "Bound to an address")]
    [TestCase("10.0.0.53", "SRV", "NODATA")]
    [TestCase("10.0.0.53", "CNAME", "NODATA")]
    [TestCase("10.0.0.53", "HTTPS", "NODATA")]
    [TestCase("10.0.0.53", "TXT", "NXDOMAIN")]
    [TestCase("10.0.0.53", "PTR", "NXDOMAIN")]
    [TestCase("10.0.0.60", "A", "NODATA", TestName = "Endpoint of a Service that is not there")]
    public void NameServerName_Asked_GivesItsAddresses(string local, string type, string expected) =>
        Assert.That(At(local).Ask($"{NameServer} {type}"), Is.EqualTo(expected));

    [Test]
    public void BoundToAnAddress_NsAsked_HasNoData() =>
        Assert.That(At("").Ask("cluster.local. NS"), Is.EqualTo("NODATA"));

    // The comparison with the zone is case-sensitive in the reference, and nowhere else.
    [TestCase("ns.dns.Cluster.local. A", "NXDOMAIN")]
    [TestCase("NS.Dns.cluster.local. A", "NS.Dns.cluster.local. 5 A 10.96.0.10")]
    [TestCase("Cluster.local. NS", "NODATA")]
    public void ZoneInCapitals_NameServersAsked_AreNotKnown(string question, string expected) =>
        Assert.That(At("10.0.0.53").Ask(question), Is.EqualTo(expected));

    [Test]
    public void AliasToTheNameServer_Asked_IsFollowed() =>
        Assert.That(
            At("10.0.0.53").Ask("alias.kube-system.svc.cluster.local. A"),
            Is.EqualTo($"alias.kube-system.svc.cluster.local. 5 CNAME {NameServer}\n{NameServer} 5 A 10.96.0.10"));

    private static KubernetesUnderTest At(string local) => new(
        KubernetesUnderTest.ArpaZones,
        [
            Namespace("kube-system"),
            Service("kube-system/kube-dns", "10.96.0.10 fd00:10:96::a", "dns/udp/53"),
            Slice("kube-system/kube-dns-a", "kube-dns", Group("10.0.0.53")),
            Slice("kube-system/kube-dns-b", "kube-dns", Group("fd00::53")),
            Service("kube-system/nodes", ""),
            Slice("kube-system/nodes-a", "nodes", Group("10.0.0.54=a 10.0.0.55")),
            Slice("kube-system/lost-a", "lost", Group("10.0.0.60")),
            ExternalName("kube-system/alias", "ns.dns.cluster.local"),
        ],
        local);
}
