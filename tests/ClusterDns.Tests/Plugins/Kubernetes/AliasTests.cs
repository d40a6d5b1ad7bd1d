using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>ExternalName Services: their CNAMEs, chains inside the zone, and lookups outside it.</summary>
internal sealed class AliasTests
{
    private const string Shop = ".shop.svc.cluster.local.";

    [TestCase("in" + Shop + " A", "in" + Shop + " 5 CNAME web" + Shop + "\nweb" + Shop + " 5 A 10.96.0.1")]
    [TestCase("in" + Shop + " AAAA", "NODATA", TestName = "A chain without address leaves no CNAME")]
    [TestCase("in" + Shop + " CNAME", "in" + Shop + " 5 CNAME web" + Shop)]
    [TestCase("two" + Shop + " A", "two" + Shop + " 5 CNAME in" + Shop + "\nin" + Shop + " 5 CNAME web" + Shop + "\nweb" + Shop + " 5 A 10.96.0.1")]
    [TestCase("lost" + Shop + " A", "NODATA")]
    [TestCase("lost" + Shop + " CNAME", "lost" + Shop + " 5 CNAME nowhere" + Shop)]
    [TestCase("self" + Shop + " A", "NODATA")]
    [TestCase("ping" + Shop + " A", "NODATA", TestName = "A circle")]
    [TestCase("apex" + Shop + " A", "NODATA")]
    [TestCase("pods" + Shop + " A", "pods" + Shop + " 5 CNAME 1-2-3-4.shop.pod.cluster.local.\n1-2-3-4.shop.pod.cluster.local. 5 A 1.2.3.4")]
    [TestCase("end" + Shop + " A", "end" + Shop + " 5 CNAME a.db" + Shop + "\na.db" + Shop + " 5 A 10.0.0.1")]
    [TestCase("in" + Shop + " SRV", "NODATA")]
    [TestCase("in" + Shop + " MX", "NODATA")]
    [TestCase("in" + Shop + " TXT", "NODATA")]
    [TestCase("in" + Shop + " HTTPS", "NODATA")]
    [TestCase("_http._tcp.in" + Shop + " A", "NXDOMAIN")]
    [TestCase("x.in" + Shop + " A", "NXDOMAIN")]
    [TestCase("ip" + Shop + " A", "NXDOMAIN", TestName = "An address is no name")]
    [TestCase("ip" + Shop + " CNAME", "NXDOMAIN")]
    public void AliasInsideTheZone_Asked_IsFollowed(string question, string expected) =>
        Assert.That(Cluster().Ask(question), Is.EqualTo(expected));

    [Test]
    public void Target_SpeltInCapitals_KeepsItsSpelling() =>
        Assert.That(
            Cluster().Ask("Loud.SHOP.svc.cluster.LOCAL. A"),
            Is.EqualTo("Loud.SHOP.svc.cluster.LOCAL. 5 CNAME WEB.shop.svc.Cluster.local.\nWEB.shop.svc.Cluster.local. 5 A 10.96.0.1"));

    [TestCase(10, "A 10.96.0.1")]
    [TestCase(11, "NODATA")]
    public void LongChain_Asked_IsFollowedForTenLinks(int links, string expected)
    {
        var chain = Enumerable.Range(1, links).Select(i =>
            ExternalName($"shop/l{i}", i == links ? "web" + Shop : $"l{i + 1}{Shop}"));
        var plugin = new KubernetesUnderTest("cluster.local", [Namespace("shop"), Service("shop/web", "10.96.0.1"), .. chain]);
        Assert.That(plugin.Ask("l1" + Shop + " A"), Does.EndWith(expected));
    }

    [Test]
    public void AliasOutside_Known_IsFollowedThroughTheWholeServer() =>
        Assert.That(
            Cluster(new ConformanceUpstream()).Ask("out" + Shop + " A"),
            Is.EqualTo("out" + Shop + " 5 CNAME www.interwebs.test.\nwww.interwebs.test. 60 A 198.51.100.10"));

    [Test]
    public void AliasOutside_ReachedByAChain_KeepsEveryLink() =>
        Assert.That(
            Cluster(new ConformanceUpstream()).Ask("way" + Shop + " AAAA"),
            Is.EqualTo("way" + Shop + " 5 CNAME out" + Shop + "\nout" + Shop + " 5 CNAME www.interwebs.test.\nwww.interwebs.test. 60 AAAA 2001:db8:1::10"));

    [Test]
    public void AliasOutside_NotKnownThere_LeavesTheCnameAlone() =>
        Assert.That(
            Cluster(new ConformanceUpstream()).Ask("away" + Shop + " A"),
            Is.EqualTo("away" + Shop + " 5 CNAME nothing.interwebs.test."));

    [Test]
    public void AliasOutside_UpstreamFails_LeavesTheCnameAlone()
    {
        var broken = new StubPlugin(query => query.Fail(ResponseCode.ServerFailure, "unreachable"));
        Assert.That(Cluster(broken).Ask("out" + Shop + " A"), Is.EqualTo("out" + Shop + " 5 CNAME www.interwebs.test."));
    }

    [Test]
    public void AliasOutside_NobodyToAsk_HasNoData()
    {
        var plugin = Cluster(new ConformanceUpstream());
        using var query = plugin.Read("out" + Shop + " A", out _);
        query.Router = null;
        var result = plugin.Plugin.ServeAsync(query).AsTask().GetAwaiter().GetResult();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(ServeResult.Answered));
            Assert.That(query.Reply.AnswerCount, Is.Zero);
            Assert.That(query.Reply.AuthorityCount, Is.EqualTo(1));
            Assert.That(query.Reply.Code, Is.EqualTo(ResponseCode.NoError));
        }
    }

    [Test]
    public void AliasOutside_AnsweredInPart_SaysSo()
    {
        var cut = new StubPlugin(query =>
        {
            query.Reply.IsTruncated = true;
            return ServeResult.Answered;
        });
        var plugin = Cluster(cut);
        using var query = plugin.Read("out" + Shop + " A", out _);
        plugin.Plugin.ServeAsync(query).AsTask().GetAwaiter().GetResult();
        Assert.That(query.Reply.IsTruncated, Is.True);
    }

    [TestCase("out" + Shop + " HTTPS")]
    [TestCase("out" + Shop + " SRV")]
    [TestCase("out" + Shop + " TXT")]
    public void AliasOutside_AskedForOtherTypes_IsNotFollowed(string question)
    {
        var upstream = new StubPlugin(ServeResult (_) => throw new AssertionException("The upstream was asked"));
        Assert.That(Cluster(upstream).Ask(question), Is.EqualTo("NODATA"));
    }

    [Test]
    public void AliasCircleThroughTheServer_Asked_Ends()
    {
        // Each leads into the other's zone, which is outside for the zone that was asked.
        var plugin = new KubernetesUnderTest(
            "cluster.local other.local",
            [
                Namespace("shop"),
                ExternalName("shop/ping", "pong.shop.svc.other.local"),
                ExternalName("shop/pong", "ping.shop.svc.cluster.local"),
            ]);
        Assert.That(plugin.Ask("ping" + Shop + " A"), Does.Contain("CNAME").Or.EqualTo("NODATA"));
    }

    private static KubernetesUnderTest Cluster(Plugin? next = null) => new(
        "cluster.local { \n pods insecure \n }",
        [
            Namespace("shop"),
            Service("shop/web", "10.96.0.1"),
            Service("shop/db", ""),
            Slice("shop/db-a", "db", Group("10.0.0.1=a")),
            ExternalName("shop/in", "web.shop.svc.cluster.local"),
            ExternalName("shop/two", "in.shop.svc.cluster.local."),
            ExternalName("shop/lost", "nowhere.shop.svc.cluster.local"),
            ExternalName("shop/self", "self.shop.svc.cluster.local"),
            ExternalName("shop/ping", "pong.shop.svc.cluster.local"),
            ExternalName("shop/pong", "ping.shop.svc.cluster.local"),
            ExternalName("shop/apex", "cluster.local"),
            ExternalName("shop/pods", "1-2-3-4.shop.pod.cluster.local"),
            ExternalName("shop/end", "a.db.shop.svc.cluster.local"),
            ExternalName("shop/ip", "10.1.2.3"),
            ExternalName("shop/loud", "WEB.shop.svc.Cluster.local"),
            ExternalName("shop/out", "www.interwebs.test"),
            ExternalName("shop/way", "out.shop.svc.cluster.local"),
            ExternalName("shop/away", "nothing.interwebs.test"),
        ],
        next: next);
}
