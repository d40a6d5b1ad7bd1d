using ClusterDns.Explaining;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Whoami;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Tests.Plugins;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

[TestFixture]
internal sealed class UnknownClusterTests
{
    [Test]
    public async Task Explain_MissingBeforeTheClusterWasRead_SaysThatNobodyCanSay()
    {
        var cluster = new KubernetesUnderTest("cluster.local", [TestObjects.Namespace("prod")], "", null, ResourceKind.Service);
        var text = await ExplainAsync(cluster.Plugin, "web.prod.svc.cluster.local.");

        Assert.That(text, Is.EqualTo("""
            web.prod.svc.cluster.local. A, asked from this machine
            no search list: the name is asked for as it is

            1. web.prod.svc.cluster.local.  SERVFAIL
               the cluster has not been read yet, so nobody can say whether there is such a name
               block . at dns://:53, plugin kubernetes

            Not resolved. See whether the API server can be reached, and what the server's log says of it.

            """));
    }

    [Test]
    public async Task Explain_PluginWithABug_SaysThatTheServerFailed()
    {
        var text = await ExplainAsync(new StubPlugin(Break), "web.");

        Assert.That(text, Does.Contain("the server failed, as its log says"));
    }

    private static ServeResult Break(Query query) => throw new InvalidOperationException("a bug");

    private static async Task<string> ExplainAsync(Plugin plugin, string name)
    {
        await using var fixture = new PluginFixture(WhoamiDirective.Descriptor, "whoami");
        var services = fixture.Services;
        var router = new ZoneRouter([new ZoneRoute(DnsName.Root, PluginChain.Build([plugin]), LogStackTraces: false)]);
        var routes = new ListenerRoutes(new ListenerKey("dns", null, 53), router, services.Metrics.Queries);
        var explainer = new Explainer(services, () => [routes]);
        var result = await explainer.ExplainAsync(new ExplainRequest(name, RecordType.A, null), CancellationToken.None);
        return ExplanationText.Write(result.Explanation!);
    }
}
