using ClusterDns.Kubernetes.Objects;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>What is answered from a snapshot, and how that ends.</summary>
internal sealed class StaleAnswerTests
{
    private readonly KubernetesUnderTest _stale = Restored();

    [TestCase("web.shop.svc.cluster.local. A", "web.shop.svc.cluster.local. 5 A 10.96.0.1")]
    [TestCase("_http._tcp.web.shop.svc.cluster.local. SRV", "_http._tcp.web.shop.svc.cluster.local. 5 SRV 0 100 80 web.shop.svc.cluster.local.\n+ web.shop.svc.cluster.local. 5 A 10.96.0.1")]
    [TestCase("1.0.96.10.in-addr.arpa. PTR", "1.0.96.10.in-addr.arpa. 5 PTR web.shop.svc.cluster.local.")]
    [TestCase("web.shop.svc.cluster.local. AAAA", "NODATA")]
    [TestCase("none.shop.svc.cluster.local. A", "SERVFAIL")]
    [TestCase("web.none.svc.cluster.local. A", "SERVFAIL")]
    public void Name_OfASnapshot_IsAnsweredForAMoment(string question, string expected) =>
        Assert.That(_stale.Ask(question), Is.EqualTo(expected));

    [Test]
    public void Answer_BelowTheCap_KeepsItsTime() =>
        Assert.That(Restored(timeToLive: 3).Ask("web.shop.svc.cluster.local. A"), Does.Contain(" 3 A "));

    [Test]
    public void Authority_OfNoData_IsKeptForAMomentToo() =>
        Assert.That(_stale.AskChain("web.shop.svc.cluster.local. AAAA").Authority.Single(), Does.StartWith("cluster.local. 5 SOA "));

    [Test]
    public async Task Reply_ToAClientWithEdns_SaysThatItIsStale()
    {
        using var query = QueryFactory.Ask("web.shop.svc.cluster.local.", RecordType.A, udpSize: 1232);
        await _stale.Plugin.ServeAsync(query);
        Assert.That(ErrorOf(query), Is.EqualTo("0003"));
    }

    // No stale answer: whether there is such a name by now, the cluster has not told yet.
    [Test]
    public async Task Failure_ToAClientWithEdns_SaysThatNamesAreNotReadYet()
    {
        using var query = QueryFactory.Ask("none.shop.svc.cluster.local.", RecordType.A, udpSize: 1232);
        await _stale.Plugin.ServeAsync(query);
        Assert.That(ErrorOf(query), Is.EqualTo(Convert.ToHexString(ExtendedErrors.Of(FailureReason.NotReady))));
    }

    [Test]
    public async Task Cluster_Listed_IsAnsweredAsEver()
    {
        var plugin = Restored();
        plugin.Cluster
            .Relist(ResourceKind.Namespace, Namespace("shop"))
            .Relist(ResourceKind.Service, Service("shop/web", "10.96.0.1"));
        using var query = QueryFactory.Ask("web.shop.svc.cluster.local.", RecordType.A, udpSize: 1232);
        await plugin.Plugin.ServeAsync(query);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ErrorOf(query), Is.Null);
            Assert.That(plugin.Ask("web.shop.svc.cluster.local. A"), Is.EqualTo("web.shop.svc.cluster.local. 30 A 10.96.0.1"));
            Assert.That(plugin.Ask("none.shop.svc.cluster.local. A"), Is.EqualTo("NXDOMAIN"));
        }
    }

    private static string? ErrorOf(Query query)
    {
        var packet = new byte[1232];
        var length = query.Reply.Finish(packet, packet.Length);
        Assert.That(ReplyReader.TryRead(packet.AsSpan(0, length), out var fields), Is.True);
        return fields.Edns.TryFindOption(packet.AsSpan(0, length), EdnsOption.ExtendedError, out var data) ? Convert.ToHexString(data) : null;
    }

    private static KubernetesUnderTest Restored(int timeToLive = 30)
    {
        var plugin = new KubernetesUnderTest(
            $"cluster.local in-addr.arpa {{ \n ttl {timeToLive} \n }}",
            [],
            awaited: [ResourceKind.Namespace, ResourceKind.Service]);
        plugin.Cluster.Zone.BeginRestore();
        plugin.Cluster.Writer.Restore(Service("shop/web", "10.96.0.1"));
        plugin.Cluster.Writer.Restore(Namespace("shop"));
        plugin.Cluster.Zone.FinishRestore();
        return plugin;
    }
}
