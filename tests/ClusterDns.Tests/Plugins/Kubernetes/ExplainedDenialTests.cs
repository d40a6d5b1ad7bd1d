using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>The property <c>explain</c>: why a name is missing, for clients that have EDNS.</summary>
[TestFixture]
internal sealed class ExplainedDenialTests
{
    private static readonly string LongLabel = new('a', WireName.MaxLabelLength);

    private readonly KubernetesUnderTest _plugin = Plugin("explain \n pods verified");

    [TestCase("web.none.svc.cluster.local.", "no namespace none")]
    [TestCase("WEB.NONE.svc.cluster.local.", "no namespace none")]
    [TestCase("none.shop.svc.cluster.local.", "no service none in namespace shop")]
    [TestCase("db.shop.svc.cluster.local.", "no ready endpoint of service db in namespace shop")]
    [TestCase("web-0.web.shop.svc.cluster.local.", "no ready endpoint web-0 of service web in namespace shop")]
    [TestCase("_dns._udp.web.shop.svc.cluster.local.", "no such port of service web in namespace shop")]
    [TestCase("_a._tcp.alias.shop.svc.cluster.local.", "service alias in namespace shop is an ExternalName")]
    [TestCase("broken.shop.svc.cluster.local.", "service broken in namespace shop has no target name")]
    [TestCase("10-0-0-9.shop.pod.cluster.local.", "no pod 10-0-0-9 in namespace shop")]
    [TestCase("web-0.shop.pod.cluster.local.", "web-0 spells no address")]
    [TestCase("web.shop.cluster.local.", "not SERVICE.NAMESPACE.svc.ZONE")]
    [TestCase("10.in-addr.arpa.", "no address of the cluster")]
    [TestCase("9.9.9.10.in-addr.arpa.", "no address of the cluster")]
    [TestCase(@"we\027\255b.shop.svc.cluster.local.", "no service we??b in namespace shop")]
    public void Denial_ToAClientWithEdns_SaysWhy(string name, string expected)
    {
        Assert.That(TextOf(_plugin, name), Is.EqualTo(expected));
    }

    [Test]
    public void Denial_OfTheLongestLabels_HasThemWhole()
    {
        var plugin = Plugin("explain", Namespace(LongLabel), Service($"{LongLabel}/{LongLabel}", "10.96.0.9"), Slice($"{LongLabel}/x", LongLabel, Group("10.0.0.9")));

        Assert.That(
            TextOf(plugin, $"{LongLabel}.{LongLabel}.{LongLabel}.svc.cluster.local."),
            Is.EqualTo($"no ready endpoint {LongLabel} of service {LongLabel} in namespace {LongLabel}"));
    }

    [TestCase("explain", "web.shop.svc.cluster.local.", 1232)]
    [TestCase("explain", "shop.svc.cluster.local.", 1232)]
    [TestCase("explain", "none.shop.svc.cluster.local.", null)]
    [TestCase("ttl 5", "none.shop.svc.cluster.local.", 1232)]
    [TestCase("explain \n fallthrough", "none.shop.svc.cluster.local.", 1232)]
    public void Reply_WithoutWishWayOrNeed_SaysNothing(string properties, string name, int? size)
    {
        Assert.That(TextOf(Plugin(properties), name, (ushort?)size), Is.Null);
    }

    [Test]
    public void Denial_Explained_AllocatesNothing()
    {
        using var query = QueryFactory.Ask("web-0.web.shop.svc.cluster.local.", RecordType.A, udpSize: 1232);

        Assert.That(
            Allocation.Of(() =>
            {
                query.Reply.Clear();
                _ = _plugin.Plugin.ServeAsync(query);
            }),
            Is.Zero);
    }

    private static KubernetesUnderTest Plugin(string properties, params ClusterChange[] more) => new(
        $"cluster.local in-addr.arpa {{ \n {properties} \n }}",
        [
            Namespace("shop"),
            Service("shop/web", "10.96.0.1", "http/tcp/80"),
            Slice("shop/web-a", "web", Group("10.0.0.1 10.0.0.2")),
            Service("shop/db", ""),
            ExternalName("shop/alias", "web.shop.svc.cluster.local"),
            ExternalName("shop/broken", "192.0.2.1"),
            .. more,
        ]);

    private static string? TextOf(KubernetesUnderTest plugin, string name, ushort? size = 1232)
    {
        using var query = QueryFactory.Ask(name, RecordType.A, udpSize: size);
        plugin.Plugin.ServeAsync(query).AsTask().GetAwaiter().GetResult();
        var options = query.Reply.Options;
        while (options.TryRead(out var code, out var data))
        {
            if (code == EdnsOption.ExtendedError)
            {
                Assert.That(data[..2].ToArray(), Is.All.Zero);
                return Encoding.ASCII.GetString(data[2..]);
            }
        }

        return null;
    }
}
