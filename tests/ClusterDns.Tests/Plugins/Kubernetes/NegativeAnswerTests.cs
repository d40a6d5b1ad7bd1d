using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>Names that are not there: denied, left to the next plugin, or not known yet. And namespaces that are hidden.</summary>
internal sealed class NegativeAnswerTests
{
    private const string Missing = "none.shop.svc.cluster.local. A";
    private const string MissingAddress = "9.9.9.9.in-addr.arpa. PTR";

    [TestCase("", "NXDOMAIN", "NXDOMAIN")]
    [TestCase("fallthrough", "declined", "declined")]
    [TestCase("fallthrough in-addr.arpa ip6.arpa", "NXDOMAIN", "declined")]
    [TestCase("fallthrough shop.svc.cluster.local", "declined", "NXDOMAIN")]
    [TestCase("fallthrough in-addr.arpa \n fallthrough cluster.local", "declined", "NXDOMAIN", TestName = "The last line counts")]
    [TestCase("fallthrough \n fallthrough example.org", "NXDOMAIN", "NXDOMAIN")]
    public void MissingName_Asked_IsDeniedOrLeftToTheNextPlugin(string line, string name, string address)
    {
        var plugin = new KubernetesUnderTest($"{KubernetesUnderTest.ArpaZones} {{ \n {line} \n }}", Objects());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plugin.Ask(Missing), Is.EqualTo(name));
            Assert.That(plugin.Ask(MissingAddress), Is.EqualTo(address));
        }
    }

    [TestCase("web.shop.svc.cluster.local. AAAA", "NODATA")]
    [TestCase("none.shop.svc.cluster.local. SOA", "NODATA")]
    [TestCase("shop.svc.cluster.local. A", "NODATA")]
    public void NoData_NeverFallsThrough(string question, string expected) =>
        Assert.That(new KubernetesUnderTest("cluster.local { \n fallthrough \n }", Objects()).Ask(question), Is.EqualTo(expected));

    [Test]
    public void DeclinedQuery_LeavesACleanReplyToTheNextPlugin()
    {
        var plugin = new KubernetesUnderTest("cluster.local in-addr.arpa { \n fallthrough \n }", Objects(), next: new ConformanceUpstream());
        var reply = plugin.AskChain(MissingAddress);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Flags, Is.EquivalentTo(new[] { "RD", "RA" }));
            Assert.That(reply.Authority, Is.EqualTo(new[] { ". 60 SOA a.root.test. nstld.root.test. 2024020202 7200 900 1209600 90" }));
        }
    }

    [TestCase("web.shop.svc.cluster.local. A", "web.shop.svc.cluster.local. 5 A 10.96.0.1", TestName = "What is known is answered")]
    [TestCase("web.shop.svc.cluster.local. AAAA", "NODATA")]
    [TestCase(Missing, "SERVFAIL")]
    [TestCase("cluster.local. SOA", null)]
    [TestCase(MissingAddress, "declined", TestName = "Falling through comes first")]
    public void ClusterNotKnownYet_Asked_AnswersWhatItHas(string question, string? expected)
    {
        var plugin = new KubernetesUnderTest(
            "cluster.local in-addr.arpa { \n fallthrough in-addr.arpa \n }", Objects(), awaited: ResourceKind.EndpointSlice);
        Assert.That(plugin.Ask(question), expected is null ? Does.Contain(" SOA ") : Is.EqualTo(expected));
    }

    [Test]
    public void ClusterBecomesKnown_MissingNameAsked_IsDenied()
    {
        var plugin = new KubernetesUnderTest("cluster.local", Objects(), awaited: ResourceKind.EndpointSlice);
        var before = plugin.Ask(Missing);
        plugin.Cluster.Relist(ResourceKind.EndpointSlice);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo("SERVFAIL"));
            Assert.That(plugin.Ask(Missing), Is.EqualTo("NXDOMAIN"));
        }
    }

    [TestCase("web.shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("web.open.svc.cluster.local. A", "web.open.svc.cluster.local. 5 A 10.96.0.2")]
    [TestCase("absent.svc.cluster.local. A", "NXDOMAIN", TestName = "Listed, but not there")]
    public void NamespacesListed_Asked_ShowThoseOnly(string question, string expected)
    {
        var plugin = new KubernetesUnderTest("cluster.local { \n namespaces open \n namespaces absent other \n }", Objects());
        Assert.That(plugin.Ask(question), Is.EqualTo(expected));
    }

    [TestCase("web.shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("web.shop.svc.cluster.local. SRV", "NXDOMAIN")]
    [TestCase("full.shop.svc.cluster.local. A", "full.shop.svc.cluster.local. 5 A 10.96.0.3")]
    [TestCase("alias.shop.svc.cluster.local. CNAME", "alias.shop.svc.cluster.local. 5 CNAME example.org.")]
    [TestCase("db.shop.svc.cluster.local. A", "NXDOMAIN")]
    public void EmptyServicesIgnored_Asked_AreDenied(string question, string expected)
    {
        var plugin = new KubernetesUnderTest("cluster.local { \n ignore empty_service \n }", Objects());
        Assert.That(plugin.Ask(question), Is.EqualTo(expected));
    }

    [Test]
    public void Answer_Given_NamesThePluginForMetrics()
    {
        var plugin = new KubernetesUnderTest("cluster.local", Objects());
        using var query = plugin.Read(Missing, out _);
        var pending = plugin.Plugin.ServeAsync(query);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pending.IsCompletedSuccessfully, Is.True);
            Assert.That(query.AnsweredBy, Is.EqualTo("kubernetes"));
        }
    }

    private static IEnumerable<ClusterChange> Objects() =>
    [
        Namespace("shop"),
        Namespace("open"),
        Service("shop/web", "10.96.0.1"),
        Service("open/web", "10.96.0.2"),
        Service("shop/full", "10.96.0.3"),
        Slice("shop/full-a", "full", Group("10.0.0.1")),
        Service("shop/db", ""),
        ExternalName("shop/alias", "example.org"),
    ];
}
