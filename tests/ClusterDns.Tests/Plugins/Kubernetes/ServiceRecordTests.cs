using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>SRV records, their weights and the addresses behind them.</summary>
internal sealed class ServiceRecordTests
{
    private readonly KubernetesUnderTest _plugin = new(
        "cluster.local { \n pods insecure \n }",
        [
            Namespace("shop"),
            Service("shop/dns", "10.96.0.10", "dns/udp/53 dns-tcp/tcp/53 metrics/tcp/9153"),
            Service("shop/dual", "10.96.0.1 fd00:10:96::1", "http/tcp/80"),
            Service("shop/bare", "10.96.0.3", ""),
            Service("shop/plain", "10.96.0.4", "/tcp/80"),
            Service("shop/db", ""),
            Slice("shop/db-a", "db", Group("10.0.0.1=db-0 10.0.0.2=db-1", "pg/tcp/5432 http/tcp/9187")),
            Slice("shop/db-b", "db", Group("10.0.0.2=db-1", "pg/tcp/5432")),
            Slice("shop/db-c", "db", Group("fd00:244::1=db-0", "pg/tcp/5432")),
        ]);

    [Test]
    public void ServiceName_Asked_GivesEveryPortOnceAndCountsAllForTheWeight() =>
        Assert.That(
            _plugin.Ask("dns.shop.svc.cluster.local. SRV"),
            Is.EqualTo(
                """
                dns.shop.svc.cluster.local. 5 SRV 0 33 53 dns.shop.svc.cluster.local.
                dns.shop.svc.cluster.local. 5 SRV 0 33 9153 dns.shop.svc.cluster.local.
                + dns.shop.svc.cluster.local. 5 A 10.96.0.10
                """));

    [Test]
    public void DualStackService_Asked_HasHalfTheWeightAndBothAddresses() =>
        Assert.That(
            _plugin.Ask("_http._tcp.dual.shop.svc.cluster.local. SRV"),
            Is.EqualTo(
                """
                _http._tcp.dual.shop.svc.cluster.local. 5 SRV 0 50 80 dual.shop.svc.cluster.local.
                + dual.shop.svc.cluster.local. 5 A 10.96.0.1
                + dual.shop.svc.cluster.local. 5 AAAA fd00:10:96::1
                """));

    [Test]
    public void HeadlessPort_Asked_GivesEveryTargetOnce() =>
        Assert.That(
            _plugin.Ask("_pg._tcp.db.shop.svc.cluster.local. SRV"),
            Is.EqualTo(
                """
                _pg._tcp.db.shop.svc.cluster.local. 5 SRV 0 25 5432 db-0.db.shop.svc.cluster.local.
                _pg._tcp.db.shop.svc.cluster.local. 5 SRV 0 25 5432 db-1.db.shop.svc.cluster.local.
                + db-0.db.shop.svc.cluster.local. 5 A 10.0.0.1
                + db-1.db.shop.svc.cluster.local. 5 A 10.0.0.2
                + db-0.db.shop.svc.cluster.local. 5 AAAA fd00:244::1
                """));

    [Test]
    public void OneEndpoint_Asked_GivesItsPorts() =>
        Assert.That(
            _plugin.Ask("db-1.db.shop.svc.cluster.local. SRV"),
            Is.EqualTo(
                """
                db-1.db.shop.svc.cluster.local. 5 SRV 0 33 5432 db-1.db.shop.svc.cluster.local.
                db-1.db.shop.svc.cluster.local. 5 SRV 0 33 9187 db-1.db.shop.svc.cluster.local.
                + db-1.db.shop.svc.cluster.local. 5 A 10.0.0.2
                """));

    [Test]
    public void Pod_Asked_GivesPortZero() =>
        Assert.That(
            _plugin.Ask("10-0-0-9.shop.pod.cluster.local. SRV"),
            Is.EqualTo(
                """
                10-0-0-9.shop.pod.cluster.local. 5 SRV 0 100 0 10-0-0-9.shop.pod.cluster.local.
                + 10-0-0-9.shop.pod.cluster.local. 5 A 10.0.0.9
                """));

    [Test]
    public void Targets_OfMixedCaseQuestion_AreLowerCaseDownToTheZone() =>
        Assert.That(
            _plugin.Ask("DB-1.Db.SHOP.SVC.Cluster.LOCAL. SRV"),
            Does.Contain(" 9187 db-1.db.shop.svc.Cluster.LOCAL.\n+ db-1.db.shop.svc.Cluster.LOCAL. 5 A 10.0.0.2"));

    [TestCase("bare.shop.svc.cluster.local. SRV", "NODATA", TestName = "No ports")]
    [TestCase("plain.shop.svc.cluster.local. SRV", null, TestName = "An unnamed port is answered at the bare name")]
    [TestCase("_http._tcp.plain.shop.svc.cluster.local. SRV", "NXDOMAIN")]
    [TestCase("_dns._tcp.dns.shop.svc.cluster.local. SRV", "NXDOMAIN")]
    [TestCase("shop.svc.cluster.local. SRV", "NODATA")]
    [TestCase("cluster.local. SRV", "NODATA")]
    public void Ports_ThatServiceLacks_AreDenied(string question, string? expected) =>
        Assert.That(_plugin.Ask(question), expected is null ? Does.Contain(" SRV 0 100 80 plain.shop") : Is.EqualTo(expected));

    [Test]
    public void MoreThanHundredPairs_Asked_KeepWeightOne()
    {
        var endpoints = string.Join(' ', Enumerable.Range(1, 150).Select(i => $"10.0.1.{i}"));
        var plugin = new KubernetesUnderTest(
            "cluster.local", [Namespace("shop"), Service("shop/db", ""), Slice("shop/db-a", "db", Group(endpoints))]);

        var reply = plugin.AskChain("db.shop.svc.cluster.local. SRV");

        Assert.That(reply.Answer, Has.Count.EqualTo(150).And.Unique.And.All.Contains(" SRV 0 1 8080 10-0-1-"));
        Assert.That(reply.Additional, Has.Count.EqualTo(150).And.Unique);
    }

    [Test]
    public void MoreTargetsThanFit_Asked_AreCutWithoutHalfAnAdditionalSection()
    {
        var slices = Enumerable.Range(0, 20).Select(slice => Slice(
            $"shop/db-{slice}",
            "db",
            Group(string.Join(' ', Enumerable.Range(1, 100).Select(i => $"10.0.{slice}.{i}")))));
        var plugin = new KubernetesUnderTest("cluster.local", [Namespace("shop"), Service("shop/db", ""), .. slices]);

        var reply = plugin.AskChain("db.shop.svc.cluster.local. SRV");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.IsTruncated, Is.True);
            Assert.That(reply.Answer, Has.Count.GreaterThan(900).And.Unique);
            Assert.That(reply.Additional, Is.Empty);
        }
    }
}
