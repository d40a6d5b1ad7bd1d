using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>PTR records, and other types in reverse zones.</summary>
internal sealed class PointerTests
{
    private const string Cluster =
        "cluster.local east.local in-addr.arpa ip6.arpa { \n fallthrough in-addr.arpa ip6.arpa \n }";

    private const string ServiceIPv6 =
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa.";

    private readonly KubernetesUnderTest _plugin = new(Cluster, Objects());

    [TestCase("1.0.96.10.in-addr.arpa.", "web.shop.svc.cluster.local.")]
    [TestCase(ServiceIPv6, "web.shop.svc.cluster.local.")]
    [TestCase("1.0.0.10.in-addr.arpa.", "db-0.db.shop.svc.cluster.local.")]
    [TestCase("2.0.0.10.in-addr.arpa.", "10-0-0-2.db.shop.svc.cluster.local.|10-0-0-2.web.shop.svc.cluster.local.")]
    [TestCase("1.0.0.10.IN-ADDR.arpa.", "db-0.db.shop.svc.cluster.local.")]
    [TestCase("4.0.0.10.in-addr.arpa.", "10-0-0-4.lost.shop.svc.cluster.local.", TestName = "Slice of a Service that is not there")]
    public void KnownAddress_Asked_GivesItsNames(string name, string targets) =>
        Assert.That(
            _plugin.Ask($"{name} PTR"),
            Is.EqualTo(string.Join('\n', targets.Split('|').Select(target => $"{name} 5 PTR {target}"))));

    [TestCase("9.9.9.9.in-addr.arpa. PTR")]
    [TestCase("1.0.96.10.in-addr.arpa. A")]
    [TestCase("1.0.96.10.in-addr.arpa. TXT")]
    [TestCase("0.96.10.in-addr.arpa. PTR", TestName = "Three octets")]
    [TestCase("1.1.0.96.10.in-addr.arpa. PTR", TestName = "Five octets")]
    [TestCase("01.0.96.10.in-addr.arpa. PTR", TestName = "Leading zero")]
    [TestCase("256.0.96.10.in-addr.arpa. PTR")]
    [TestCase("x.0.96.10.in-addr.arpa. PTR")]
    [TestCase("0." + ServiceIPv6 + " PTR", TestName = "33 nibbles")]
    [TestCase("0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.d.f.ip6.arpa. PTR")]
    [TestCase("10.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa. PTR", TestName = "Two digits")]
    [TestCase("g.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa. PTR")]
    [TestCase("web.shop.svc.in-addr.arpa. A", TestName = "No Services in reverse zones")]
    public void AnythingElseInReverseZone_Asked_FallsThrough(string question) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo("declined"));

    [TestCase("in-addr.arpa. PTR", "NODATA")]
    [TestCase("1.0.96.10.in-addr.arpa. SOA", "NODATA")]
    [TestCase("ip6.arpa. SOA", "ip6.arpa. 5 SOA ns.dns.ip6.arpa. hostmaster.ip6.arpa. 1700000000 7200 1800 86400 5")]
    public void ReverseZone_Asked_HasAnApexOfItsOwn(string question, string expected) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo(expected));

    [Test]
    public void ReverseZoneListedFirst_Asked_StillLeadsIntoTheOther()
    {
        var plugin = new KubernetesUnderTest("10.0.0.0/8 cluster.local", Objects());
        Assert.That(plugin.Ask("1.0.96.10.in-addr.arpa. PTR"), Does.EndWith("PTR web.shop.svc.cluster.local."));
    }

    [Test]
    public void WholeReverseZoneListedFirst_Asked_LeadsIntoItself()
    {
        var plugin = new KubernetesUnderTest("in-addr.arpa cluster.local", Objects());
        Assert.That(plugin.Ask("1.0.96.10.in-addr.arpa. PTR"), Does.EndWith("PTR web.shop.svc.in-addr.arpa."));
    }

    [TestCase("1.0.96.10.in-addr.arpa. PTR", "NXDOMAIN")]
    [TestCase("1.0.0.10.in-addr.arpa. PTR", "NXDOMAIN")]
    [TestCase("3.0.0.10.in-addr.arpa. PTR", "3.0.0.10.in-addr.arpa. 5 PTR 10-0-0-3.db.open.svc.cluster.local.")]
    public void NamespacesListed_AddressOfAnother_IsUnknown(string question, string expected)
    {
        var plugin = new KubernetesUnderTest("cluster.local in-addr.arpa { \n namespaces open \n }", Objects());
        Assert.That(plugin.Ask(question), Is.EqualTo(expected));
    }

    [Test]
    public void AddressOfHundredsOfPods_Asked_GivesEveryNameOnce()
    {
        var services = Enumerable.Range(0, 300).SelectMany(i => new[]
        {
            Service($"shop/s{i}", ""),
            Slice($"shop/s{i}-a", $"s{i}", Group("192.168.0.1")),
            Slice($"shop/s{i}-b", $"s{i}", Group("192.168.0.1")),
        });
        var plugin = new KubernetesUnderTest(KubernetesUnderTest.ArpaZones, [Namespace("shop"), .. services]);

        var reply = plugin.AskChain("1.0.168.192.in-addr.arpa. PTR");

        Assert.That(reply.Answer, Has.Count.EqualTo(300).And.Unique);
    }

    private static IEnumerable<ClusterDns.Kubernetes.Objects.ClusterChange> Objects() =>
    [
        Namespace("shop"),
        Namespace("open"),
        Service("shop/web", "10.96.0.1 fd00:10:96::1"),
        Service("shop/db", ""),
        Slice("shop/db-a", "db", Group("10.0.0.1=db-0 10.0.0.2")),
        Slice("shop/db-b", "db", Group("10.0.0.2")),
        Slice("shop/web-a", "web", Group("10.0.0.2")),
        Slice("shop/stray", "", Group("10.0.0.5")),
        Slice("shop/lost-a", "lost", Group("10.0.0.4")),
        Slice("open/db-a", "db", Group("10.0.0.3")),
    ];
}
