using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>What the plugin tells about names and clients to whoever asks by label.</summary>
internal sealed class KubernetesMetadataTests
{
    private const string Port = "_http._tcp.Web.shop.svc.cluster.local";
    private const string Endpoint = "db-0.db.shop.svc.cluster.local";

    [TestCase(Port, "port-name", "http")]
    [TestCase(Port, "protocol", "tcp")]
    [TestCase(Port, "service", "web")]
    [TestCase(Port, "namespace", "shop")]
    [TestCase(Port, "kind", "svc")]
    [TestCase(Port, "endpoint", "")]
    [TestCase(Port, "parse-error", null)]
    [TestCase(Port, "cluster", null)]
    [TestCase(Endpoint, "endpoint", "db-0")]
    [TestCase(Endpoint, "port-name", "")]
    [TestCase("10-0-0-1.shop.pod.cluster.local", "kind", "pod")]
    [TestCase("10-0-0-1.shop.pod.cluster.local", "service", "10-0-0-1")]
    [TestCase("svc.cluster.local", "kind", "svc")]
    [TestCase("svc.cluster.local", "namespace", "")]
    [TestCase("cluster.local", "kind", "")]
    [TestCase("x.cluster.local", "parse-error", "invalid query name")]
    [TestCase("x.cluster.local", "kind", null)]
    [TestCase("a.b.c.d.e.f.svc.cluster.local", "parse-error", "invalid query name")]
    [TestCase("example.org", "service", null)]
    [TestCase("example.org", "parse-error", null)]
    public void Name_AskedByLabel_IsTakenApart(string name, string label, string? expected)
    {
        using var query = QueryFactory.Ask(name, RecordType.A);
        Assert.That(With("disabled").Plugin.MetadataOf(query, $"kubernetes/{label}"), Is.EqualTo(expected));
    }

    [TestCase("verified", "10.244.0.5:46018", "shop", "web-0")]
    [TestCase("verified", "[fd00:244::5]:1", "shop", "web-6")]
    [TestCase("verified", "10.244.0.6:46018", null, null)]
    [TestCase("insecure", "10.244.0.5:46018", null, null)]
    [TestCase("disabled", "10.244.0.5:46018", null, null)]
    public void Client_AskedByLabel_IsThePodOfItsAddress(string pods, string client, string? parent, string? pod)
    {
        var plugin = With(pods).Plugin;
        using var query = QueryFactory.Ask("example.org", RecordType.A, client: client);

        Assert.That(
            (plugin.MetadataOf(query, "kubernetes/client-namespace"), plugin.MetadataOf(query, "kubernetes/client-pod-name")),
            Is.EqualTo((parent, pod)));
    }

    [TestCase("forward/upstream")]
    [TestCase("kubernetes/")]
    [TestCase("service")]
    public void Label_OfSomebodyElse_IsUnknown(string label)
    {
        using var query = QueryFactory.Ask(Port, RecordType.A);
        Assert.That(With("verified").Plugin.MetadataOf(query, label), Is.Null);
    }

    private static KubernetesUnderTest With(string pods) => new(
        $"cluster.local {{ \n pods {pods} \n }}",
        [Namespace("shop"), Pod("shop/web-0", "10.244.0.5"), Pod("shop/web-6", "fd00:244::5")]);
}
