using ClusterDns.Kubernetes.Objects;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.K8sExternal;

[TestFixture]
internal sealed class K8sExternalPluginTests
{
    private const string Soa = "example.org. 5 SOA ns1.dns.example.org. hostmaster.dns.example.org. 0 7200 1800 86400 5";
    private const string NoData = "NOERROR AA\n? " + Soa;
    private const string NoName = "NXDOMAIN AA\n? " + Soa;
    private const string Www = "www.interwebs.test. 60 A 198.51.100.10";
    private const string Www6 = "www.interwebs.test. 60 AAAA 2001:db8:1::10";

    [TestCase("web.shop.example.org A", "NOERROR AA\nweb.shop.example.org. 5 A 192.0.2.1\nweb.shop.example.org. 5 A 192.0.2.2")]
    [TestCase("Web.SHOP.Example.org AAAA", "NOERROR AA\nWeb.SHOP.Example.org. 5 AAAA 2001:db8::1")]
    [TestCase("_http._tcp.web.shop.example.org A", "NOERROR AA\n_http._tcp.web.shop.example.org. 5 A 192.0.2.1\n_http._tcp.web.shop.example.org. 5 A 192.0.2.2")]
    [TestCase("any.web.shop.example.org A", "NOERROR AA\nany.web.shop.example.org. 5 A 192.0.2.1\nany.web.shop.example.org. 5 A 192.0.2.2", TestName = "A label in front of the Service means nothing")]
    [TestCase("web.shop.example.org TXT", NoData)]
    [TestCase("web.shop.example.org CNAME", NoData)]
    [TestCase("web.shop.example.org PTR", NoData)]
    [TestCase("web.shop.example.org SOA", NoData)]
    [TestCase("twin.shop.example.org AAAA", NoData)]
    [TestCase("shop.example.org A", NoData, TestName = "A namespace is there and has nothing")]
    [TestCase("bare.shop.example.org A", "NOERROR AA\nbare.shop.example.org. 5 A 192.0.2.3", TestName = "A Service without ports has addresses")]
    [TestCase("bare.shop.example.org SRV", NoData, TestName = "A Service without ports has no SRV")]
    [TestCase("_ftp._tcp.web.shop.example.org A", NoName)]
    [TestCase("_http._udp.web.shop.example.org SRV", NoName)]
    [TestCase("missing.shop.example.org A", NoName)]
    [TestCase("web.missing.example.org A", NoName)]
    [TestCase("missing.example.org A", NoName)]
    [TestCase("web.orphan.example.org A", NoName, TestName = "A namespace that does not exist itself")]
    [TestCase("inside.shop.example.org A", NoName, TestName = "A Service that nothing reaches from outside")]
    [TestCase("db.shop.example.org A", NoName, TestName = "A headless Service without the option")]
    [TestCase("a._http._tcp.web.shop.example.org A", NoName, TestName = "A name that is too long")]
    [TestCase("web.shop.elsewhere.test A", "next")]
    [TestCase("web.shop.example.org A CH", "next")]
    public void Service_Asked_IsAnsweredByWhatReachesIt(string question, string expected) =>
        Assert.That(new ExternalUnderTest().Ask(question), Is.EqualTo(expected));

    [TestCase("lb.shop.example.org A", "NOERROR AA\nlb.shop.example.org. 5 CNAME www.interwebs.test.\n" + Www)]
    [TestCase("lb.shop.example.org AAAA", "NOERROR AA\nlb.shop.example.org. 5 CNAME www.interwebs.test.\n" + Www6)]
    [TestCase("lost.shop.example.org A", "NOERROR AA\nlost.shop.example.org. 5 CNAME nothing.interwebs.test.")]
    [TestCase("both.shop.example.org A", "NOERROR AA\nboth.shop.example.org. 5 A 192.0.2.4\nboth.shop.example.org. 5 CNAME www.interwebs.test.\n" + Www)]
    [TestCase("_http._tcp.lb.shop.example.org SRV", "NOERROR AA\n_http._tcp.lb.shop.example.org. 5 SRV 0 100 80 www.interwebs.test.\n+ " + Www + "\n+ " + Www6)]
    [TestCase("both.shop.example.org SRV", "NOERROR AA\nboth.shop.example.org. 5 SRV 0 50 80 both.shop.example.org.\nboth.shop.example.org. 5 SRV 0 50 80 www.interwebs.test.\n+ both.shop.example.org. 5 A 192.0.2.4\n+ " + Www + "\n+ " + Www6)]
    [TestCase("lb.shop.example.org TXT", NoData)]
    public void HostName_OfALoadBalancer_IsFollowed(string question, string expected) =>
        Assert.That(new ExternalUnderTest().Ask(question), Is.EqualTo(expected));

    [TestCase(
        "_https._tcp.web.shop.example.org SRV",
        "NOERROR AA\n_https._tcp.web.shop.example.org. 5 SRV 0 33 443 web.shop.example.org.\n"
        + "+ web.shop.example.org. 5 A 192.0.2.1\n+ web.shop.example.org. 5 A 192.0.2.2\n+ web.shop.example.org. 5 AAAA 2001:db8::1")]
    [TestCase(
        "twin.shop.example.org SRV",
        "NOERROR AA\ntwin.shop.example.org. 5 SRV 0 100 80 twin.shop.example.org.\n+ twin.shop.example.org. 5 A 192.0.2.1")]
    [TestCase("dns.kube-system.example.org SRV", "NOERROR AA\ndns.kube-system.example.org. 5 SRV 0 50 53 dns.kube-system.example.org.\n+ dns.kube-system.example.org. 5 A 192.0.2.53\n+ dns.kube-system.example.org. 5 AAAA 2001:db8::53")]
    public void Ports_Asked_AreServices(string question, string expected) =>
        Assert.That(new ExternalUnderTest().Ask(question), Is.EqualTo(expected));

    [TestCase("db.shop.example.org A", "NOERROR AA\ndb.shop.example.org. 5 A 10.244.0.10\ndb.shop.example.org. 5 A 10.244.0.11")]
    [TestCase("db-0.db.shop.example.org AAAA", "NOERROR AA\ndb-0.db.shop.example.org. 5 AAAA fd00::10")]
    [TestCase("db-2.db.shop.example.org A", NoName)]
    [TestCase("empty.shop.example.org A", NoName)]
    [TestCase("pod-a.inside.shop.example.org A", "NOERROR AA\npod-a.inside.shop.example.org. 5 A 10.244.0.9", TestName = "An endpoint of any Service")]
    [TestCase("inside.shop.example.org A", NoName)]
    [TestCase("_http._tcp.db.shop.example.org SRV", NoName)]
    [TestCase(
        "_sql._tcp.db.shop.example.org SRV",
        "NOERROR AA\n_sql._tcp.db.shop.example.org. 5 SRV 0 33 5432 db-0.db.shop.example.org.\n_sql._tcp.db.shop.example.org. 5 SRV 0 33 5432 db-1.db.shop.example.org.\n"
        + "+ db-0.db.shop.example.org. 5 A 10.244.0.10\n+ db-1.db.shop.example.org. 5 A 10.244.0.11\n+ db-0.db.shop.example.org. 5 AAAA fd00::10")]
    public void HeadlessService_WithTheOption_IsAnsweredByItsEndpoints(string question, string expected) =>
        Assert.That(new ExternalUnderTest("example.org {\n headless\n }").Ask(question), Is.EqualTo(expected));

    [TestCase("1.2.0.192.in-addr.arpa PTR", "NOERROR AA\n1.2.0.192.in-addr.arpa. 5 PTR twin.shop.example.org.\n1.2.0.192.in-addr.arpa. 5 PTR web.shop.example.org.")]
    [TestCase("9.2.0.192.in-addr.arpa PTR", "NOERROR AA\n9.2.0.192.in-addr.arpa. 5 PTR web.orphan.example.org.")]
    [TestCase("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR", "NOERROR AA\n1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 5 PTR web.shop.example.org.")]
    [TestCase("1.0.96.10.in-addr.arpa PTR", "NXDOMAIN AA\n? in-addr.arpa. 5 SOA ns1.dns.in-addr.arpa. hostmaster.dns.in-addr.arpa. 0 7200 1800 86400 5")]
    public void Address_Asked_HasTheNamesOfItsServices(string question, string expected) =>
        Assert.That(new ExternalUnderTest().Ask(question), Is.EqualTo(expected));

    [TestCase("example.org SOA", "NOERROR AA\n" + Soa)]
    [TestCase("example.org NS", "NOERROR AA\nexample.org. 5 NS ns1.dns.example.org.\n+ ns1.dns.example.org. 5 A 192.0.2.53\n+ ns1.dns.example.org. 5 AAAA 2001:db8::53")]
    [TestCase("example.org A", NoData)]
    [TestCase("dns.example.org A", NoData)]
    [TestCase("ns1.dns.example.org A", "NOERROR AA\nns1.dns.example.org. 5 A 192.0.2.53")]
    [TestCase("ns1.dns.example.org AAAA", "NOERROR AA\nns1.dns.example.org. 5 AAAA 2001:db8::53")]
    [TestCase("ns1.dns.example.org TXT", NoData)]
    [TestCase("ns2.dns.example.org A", NoName)]
    [TestCase("x.ns1.dns.example.org A", NoName)]
    public void Apex_Asked_TellsOfTheZone(string question, string expected) =>
        Assert.That(new ExternalUnderTest(local: "10.244.0.2").Ask(question), Is.EqualTo(expected));

    [Test]
    public void NameServer_ThatIsNoEndpoint_HasItsOwnAddresses() =>
        Assert.That(
            new ExternalUnderTest(local: "198.51.100.1 fd00::1").Ask("example.org NS"),
            Is.EqualTo("NOERROR AA\nexample.org. 5 NS ns1.dns.example.org.\n+ ns1.dns.example.org. 5 A 198.51.100.1\n+ ns1.dns.example.org. 5 AAAA fd00::1"));

    [TestCase("example.org {\n ttl 60\n }", "twin.shop.example.org A", "NOERROR AA\ntwin.shop.example.org. 60 A 192.0.2.1")]
    [TestCase("example.org {\n ttl 60\n }", "twin.shop.example.org SRV", "NOERROR AA\ntwin.shop.example.org. 5 SRV 0 100 80 twin.shop.example.org.\n+ twin.shop.example.org. 60 A 192.0.2.1")]
    [TestCase("example.org {\n ttl 60\n }", "example.org SOA", "NOERROR AA\nexample.org. 60 SOA ns1.dns.example.org. hostmaster.dns.example.org. 0 7200 1800 86400 60")]
    [TestCase("example.org {\n apex infra\n }", "example.org SOA", "NOERROR AA\nexample.org. 5 SOA ns1.infra.example.org. hostmaster.infra.example.org. 0 7200 1800 86400 5")]
    [TestCase("example.org {\n apex infra\n }", "dns.kube-system.example.org A", "NOERROR AA\ndns.kube-system.example.org. 5 A 192.0.2.53")]
    [TestCase("example.org {\n fallthrough\n }", "missing.shop.example.org A", "next")]
    [TestCase("example.org {\n fallthrough\n }", "web.shop.example.org TXT", NoData)]
    [TestCase("example.org {\n fallthrough\n }", "ns2.dns.example.org A", NoName)]
    [TestCase("example.org {\n fallthrough a.example.org\n }", "missing.shop.example.org A", NoName)]
    [TestCase("example.org in-addr.arpa {\n fallthrough in-addr.arpa\n }", "1.0.96.10.in-addr.arpa PTR", "next")]
    [TestCase("", "twin.shop.block.test A", "NOERROR AA\ntwin.shop.block.test. 5 A 192.0.2.1")]
    public void Option_Given_Counts(string directive, string question, string expected) =>
        Assert.That(new ExternalUnderTest(directive).Ask(question), Is.EqualTo(expected));

    [TestCase("dns.kube-system.example.org A", NoName)]
    [TestCase("twin.shop.example.org A", "NOERROR AA\ntwin.shop.example.org. 5 A 192.0.2.1")]
    [TestCase("53.2.0.192.in-addr.arpa PTR", "NXDOMAIN AA\n? in-addr.arpa. 5 SOA ns1.dns.in-addr.arpa. hostmaster.dns.in-addr.arpa. 0 7200 1800 86400 5")]
    public void Namespaces_OfTheClusterDirective_AreTheOnlyOnes(string question, string expected) =>
        Assert.That(
            new ExternalUnderTest(kubernetes: "cluster.local {\n namespaces shop\n ttl 30\n }").Ask(question),
            Is.EqualTo(expected));

    [Test]
    public void Alias_HasTheTtlOfTheClusterDirective() =>
        Assert.That(
            new ExternalUnderTest(kubernetes: "cluster.local {\n ttl 30\n }").Ask("lost.shop.example.org A"),
            Is.EqualTo("NOERROR AA\nlost.shop.example.org. 30 CNAME nothing.interwebs.test."));

    [Test]
    public void Cluster_NotKnownYet_DeniesNothing()
    {
        var external = new ExternalUnderTest(awaited: ResourceKind.Service);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(external.Ask("missing.shop.example.org A"), Is.EqualTo("SERVFAIL AA\n? " + Soa));
            Assert.That(external.Ask("twin.shop.example.org A"), Does.EndWith(" 192.0.2.1"));
        }
    }

    [Test]
    public void Cluster_OfASnapshot_IsAnsweredForAMoment()
    {
        var external = new ExternalUnderTest("example.org {\n ttl 30\n}", awaited: ResourceKind.Service);
        Assert.That(external.Ask("web.shop.example.org A"), Does.Contain(" 30 A 192.0.2.1"));
        external.Cluster.Cluster.Zone.BeginRestore();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(external.Ask("web.shop.example.org A"), Does.Contain(" 5 A 192.0.2.1").And.Not.Contain(" 30 A "));
            Assert.That(external.Ask("missing.shop.example.org A"), Does.StartWith("SERVFAIL"));
        }
    }

    [TestCase("web.shop.example.org", RecordType.A)]
    [TestCase("web.shop.example.org", RecordType.SRV)]
    [TestCase("web.shop.example.org", RecordType.TXT)]
    [TestCase("missing.shop.example.org", RecordType.A)]
    [TestCase("1.2.0.192.in-addr.arpa", RecordType.PTR)]
    [TestCase("example.org", RecordType.NS)]
    public void Answer_FromMemory_AllocatesNothing(string name, RecordType type)
    {
        var external = new ExternalUnderTest(local: "10.244.0.2");
        using var query = QueryFactory.Ask(name, type);
        var allocated = Allocation.Of(() =>
        {
            query.Reply.Clear();
            if (external.Plugin.ServeAsync(query).Result.Outcome != ServeOutcome.Answered)
            {
                throw new AssertionException("The query was not answered");
            }
        });
        Assert.That(allocated, Is.Zero);
        Assert.That(query.IsLive, Is.True);
    }
}
