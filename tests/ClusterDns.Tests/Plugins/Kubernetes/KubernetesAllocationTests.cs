using ClusterDns.Kubernetes.Objects;
using ClusterDns.Serving;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>Whatever is answered from memory costs no garbage, and is done when the call returns.</summary>
internal sealed class KubernetesAllocationTests
{
    private const int Rounds = 500;

    private static readonly string ManyEndpoints = string.Join(' ', Enumerable.Range(1, 250).Select(i => $"10.1.0.{i}"));

    private readonly KubernetesUnderTest _plugin = new(
        "cluster.local in-addr.arpa ip6.arpa { \n pods verified \n fallthrough in-addr.arpa \n ignore empty_service \n namespaces shop \n }",
        [
            Namespace("shop"),
            Service("shop/web", "10.96.0.1 fd00:10:96::1", "http/tcp/80 https/tcp/443"),
            Slice("shop/web-a", "web", Group("10.0.0.1 10.0.0.2")),
            Service("shop/db", ""),
            Slice("shop/db-a", "db", Group("10.0.0.3=db-0 10.0.0.4=db-1")),
            Slice("shop/db-b", "db", Group("fd00:244::3=db-0")),
            Service("shop/wide", ""),
            Slice("shop/wide-a", "wide", Group(ManyEndpoints)),
            Slice("shop/wide-b", "wide", Group(ManyEndpoints)),
            ExternalName("shop/alias", "web.shop.svc.cluster.local"),
            Pod("shop/web-0", "10.0.0.1"),
        ],
        local: "10.0.0.1");

    [TestCase("web.shop.svc.cluster.local. A")]
    [TestCase("db.shop.svc.cluster.local. SRV")]
    [TestCase("none.shop.svc.cluster.local. A")]
    public void Query_AnsweredFromASnapshot_AllocatesNothing(string question)
    {
        var plugin = new KubernetesUnderTest(
            "cluster.local { \n ttl 30 \n }",
            [
                Namespace("shop"),
                Service("shop/web", "10.96.0.1"),
                Service("shop/db", ""),
                Slice("shop/db-a", "db", Group("10.0.0.3=db-0 10.0.0.4=db-1")),
            ],
            awaited: [ResourceKind.Pod]);
        plugin.Cluster.Zone.BeginRestore();
        Assert.That(plugin.Cluster.Zone.IsStale, Is.True);
        AssertAllocatesNothing(plugin, question);
    }

    [TestCase("web.shop.svc.cluster.local. A")]
    [TestCase("web.shop.svc.cluster.local. AAAA")]
    [TestCase("WEB.Shop.SVC.Cluster.LOCAL. A")]
    [TestCase("_http._tcp.web.shop.svc.cluster.local. SRV")]
    [TestCase("web.shop.svc.cluster.local. SRV")]
    [TestCase("10-0-0-1.web.shop.svc.cluster.local. A")]
    [TestCase("db.shop.svc.cluster.local. A")]
    [TestCase("db.shop.svc.cluster.local. AAAA")]
    [TestCase("db-0.db.shop.svc.cluster.local. A")]
    [TestCase("db.shop.svc.cluster.local. SRV")]
    [TestCase("wide.shop.svc.cluster.local. A")]
    [TestCase("wide.shop.svc.cluster.local. SRV")]
    [TestCase("alias.shop.svc.cluster.local. A")]
    [TestCase("alias.shop.svc.cluster.local. CNAME")]
    [TestCase("10-0-0-1.shop.pod.cluster.local. A")]
    [TestCase("1.0.96.10.in-addr.arpa. PTR")]
    [TestCase("3.0.0.10.in-addr.arpa. PTR")]
    [TestCase("9.9.9.9.in-addr.arpa. PTR")]
    [TestCase("cluster.local. NS")]
    [TestCase("cluster.local. SOA")]
    [TestCase("ns.dns.cluster.local. A")]
    [TestCase("dns-version.cluster.local. TXT")]
    [TestCase("web.shop.svc.cluster.local. HTTPS")]
    [TestCase("none.shop.svc.cluster.local. A")]
    [TestCase("x.default.svc.cluster.local. A")]
    [TestCase("example.org. A")]
    public void Query_AnsweredFromMemory_AllocatesNothing(string question) => AssertAllocatesNothing(_plugin, question);

    private static void AssertAllocatesNothing(KubernetesUnderTest plugin, string question)
    {
        using var query = plugin.Read(question, out var packet);
        var path = new SilentReplyPath();
        var reply = new byte[MessageHeader.MaxMessageSize];

        // The second one gives back what the first one borrowed: a thread's first time with the pool costs it an array.
        Serve(plugin, query, packet, path, reply);
        Serve(plugin, query, packet, path, reply);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            Serve(plugin, query, packet, path, reply);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Serve(KubernetesUnderTest plugin, Query query, byte[] packet, SilentReplyPath path, byte[] reply)
    {
        var verdict = query.Read(packet, path);
        var pending = plugin.Plugin.ServeAsync(query);
        if (verdict != QueryVerdict.Accepted || !pending.IsCompletedSuccessfully)
        {
            throw new AssertionException($"{verdict}; completed: {pending.IsCompleted}");
        }

        query.Reply.Finish(reply, reply.Length);
    }
}
