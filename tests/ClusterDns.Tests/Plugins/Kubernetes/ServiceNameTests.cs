using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>Names of Services with cluster addresses, and of what stands around them.</summary>
internal sealed class ServiceNameTests
{
    private const string Web = "web.shop.svc.cluster.local.";

    private readonly KubernetesUnderTest _plugin = new(
        "cluster.local",
        [
            Namespace("shop"),
            Namespace("empty"),
            Service("shop/web", "10.96.0.1 fd00:10:96::1", "http/tcp/80 https/tcp/443"),
            Service("shop/old", "10.96.0.2"),
            Service("shop/bare", "10.96.0.3", ""),
            Service("gone/web", "10.96.0.4"),
            Slice("shop/web-a", "web", Group("10.244.0.8 10.244.0.9=nine")),
        ]);

    [TestCase(Web + " A", Web + " 5 A 10.96.0.1")]
    [TestCase(Web + " AAAA", Web + " 5 AAAA fd00:10:96::1")]
    [TestCase("old.shop.svc.cluster.local. AAAA", "NODATA", TestName = "Family absent")]
    [TestCase("old.shop.svc.cluster.local. A", "old.shop.svc.cluster.local. 5 A 10.96.0.2", TestName = "No endpoint at all")]
    [TestCase("bare.shop.svc.cluster.local. A", "bare.shop.svc.cluster.local. 5 A 10.96.0.3", TestName = "No port at all")]
    [TestCase(Web + " HTTPS", "NODATA")]
    [TestCase(Web + " MX", "NODATA")]
    [TestCase(Web + " TXT", "NODATA")]
    [TestCase(Web + " CNAME", "NODATA")]
    [TestCase(Web + " NS", "NODATA")]
    [TestCase(Web + " PTR", "NODATA")]
    [TestCase(Web + " 65280", "NODATA", TestName = "Unknown type")]
    [TestCase("none.shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("none.shop.svc.cluster.local. HTTPS", "NXDOMAIN")]
    [TestCase("none.shop.svc.cluster.local. MX", "NXDOMAIN")]
    [TestCase("none.shop.svc.cluster.local. PTR", "NXDOMAIN")]
    [TestCase("*.shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("any.shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("web.gone.svc.cluster.local. A", "NXDOMAIN", TestName = "Namespace object absent")]
    public void ServiceName_Asked_GivesItsAddresses(string question, string expected) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo(expected));

    [TestCase("svc.cluster.local. A", "NODATA")]
    [TestCase("pod.cluster.local. A", "NODATA")]
    [TestCase("shop.svc.cluster.local. AAAA", "NODATA")]
    [TestCase("empty.svc.cluster.local. A", "NODATA")]
    [TestCase("empty.svc.cluster.local. HTTPS", "NODATA")]
    [TestCase("gone.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("shop.cluster.local. A", "NXDOMAIN")]
    [TestCase("web.shop.cluster.local. A", "NXDOMAIN")]
    [TestCase("dns.cluster.local. A", "NXDOMAIN")]
    [TestCase("web.shop.service.cluster.local. A", "NXDOMAIN")]
    [TestCase("svc.cluster.local. TXT", "NXDOMAIN")]
    [TestCase("shop.svc.cluster.local. TXT", "NXDOMAIN")]
    public void NameAboveServices_Asked_HoldsNothingItself(string question, string expected) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo(expected));

    [TestCase("_http._tcp." + Web + " A", "_http._tcp." + Web + " 5 A 10.96.0.1")]
    [TestCase("http.tcp." + Web + " A", "http.tcp." + Web + " 5 A 10.96.0.1", TestName = "Underscores are optional")]
    [TestCase("_HTTP._TCP." + Web + " A", "_HTTP._TCP." + Web + " 5 A 10.96.0.1")]
    [TestCase("_http._udp." + Web + " A", "NXDOMAIN")]
    [TestCase("_grpc._tcp." + Web + " AAAA", "NXDOMAIN")]
    [TestCase("_http._tcp.bare.shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("_._tcp." + Web + " A", "_._tcp." + Web + " 5 A 10.96.0.1", TestName = "An underscore alone is any port")]
    [TestCase("a._http._tcp." + Web + " A", "NXDOMAIN", TestName = "Too many labels")]
    [TestCase("a.b.c.d.e.f.g." + Web + " A", "NXDOMAIN")]
    public void PortName_AskedForAddress_GivesItsServices(string question, string expected) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo(expected));

    [TestCase("10-244-0-8." + Web + " A", "10-244-0-8." + Web + " 5 A 10.244.0.8")]
    [TestCase("nine." + Web + " A", "nine." + Web + " 5 A 10.244.0.9")]
    [TestCase("10-244-0-9." + Web + " A", "NXDOMAIN", TestName = "Called by its hostname only")]
    [TestCase("10-244-0-8." + Web + " AAAA", "NODATA")]
    [TestCase("10-244-0-7." + Web + " A", "NXDOMAIN")]
    [TestCase("10-96-0-1." + Web + " A", "NXDOMAIN")]
    public void EndpointOfClusterService_Asked_GivesEndpointsAddress(string question, string expected) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo(expected));

    [Test]
    public void AnyLetterCase_Asked_IsKeptInOwnerAndFoldedForTheSearch()
    {
        const string asked = "wEb.SHOP.sVc.ClusTER.locaL.";
        Assert.That(_plugin.Ask(asked + " A"), Is.EqualTo(asked + " 5 A 10.96.0.1"));
    }

    [TestCase("web.shop.svc.cluster.local.example.org. A")]
    [TestCase("local. A")]
    [TestCase("xcluster.local. A")]
    [TestCase(". NS")]
    public void NameOutsideTheZones_Asked_IsLeftToTheNextPlugin(string question) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo("declined"));

    [TestCase(Web + " AXFR")]
    [TestCase("cluster.local. IXFR")]
    public void ZoneTransfer_Asked_IsRefused(string question) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo("failed Refused"));

    [Test]
    public void TwoZones_BothMatch_LongestIsServed()
    {
        var plugin = new KubernetesUnderTest(
            "local east.cluster.local", [Namespace("shop"), Service("shop/web", "10.96.0.1")]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plugin.Ask("web.shop.svc.east.cluster.local. A"), Does.EndWith("A 10.96.0.1"));
            Assert.That(plugin.Ask("web.shop.svc.cluster.local. A"), Is.EqualTo("NXDOMAIN"));
            Assert.That(plugin.Ask("web.shop.svc.local. A"), Does.EndWith("A 10.96.0.1"));
        }
    }
}
