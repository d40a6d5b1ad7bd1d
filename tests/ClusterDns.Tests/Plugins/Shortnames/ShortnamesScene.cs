using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Shortnames;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Tests.Plugins.Autopath;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Shortnames;

/// <summary>Short names in front of a cluster and a world outside that knows every name asked in these tests.</summary>
internal sealed class ShortnamesScene
{
    private readonly PluginChain _chain;
    private readonly OneChain _router;

    /// <param name="lines">Properties of <c>shortnames</c>.</param>
    /// <param name="kubernetes">What follows the word <c>kubernetes</c>.</param>
    public ShortnamesScene(string lines = "", string kubernetes = "cluster.local {\n pods verified\n }")
    {
        Cluster = new ZoneUnderTest().Apply(
            Namespace("orders"),
            Namespace("dev"),
            Namespace("ledger"),
            Service("orders/web", "10.96.0.1"),
            Service("orders/mail", ""),
            Service("dev/web", "10.96.0.2 fd00::2"),
            Service("ledger/vault", "10.96.0.3"),
            ExternalName("orders/circle", "circle"),
            ExternalName("orders/away", "www.example.com"),
            Pod("orders/client-0", "10.244.0.5"));
        var options = ShortnamesDirective.Parse(PluginFixture.ParseOne($"shortnames {{\n{lines}\n}}"));
        var queries = new QueryPool();
        var zone = new KubernetesPlugin(
            KubernetesUnderTest.ParseDirective(kubernetes), Cluster.Zone, new ServerLookup(queries), []);
        var plugin = new ShortnamesPlugin(options, queries);
        plugin.Use(zone);
        _chain = PluginChain.Build([plugin, zone, Upstream]);
        _router = new OneChain(_chain);
    }

    public ZoneUnderTest Cluster { get; }

    public UpstreamTable Upstream { get; } = new()
    {
        Names = new Dictionary<string, string[]>
        {
            ["web."] = ["web. 60 A 198.51.100.1"],
            ["mail."] = ["mail. 60 A 198.51.100.2"],
            ["web.dev."] = ["web.dev. 60 A 198.51.100.3"],
            ["www.example.com."] = ["www.example.com. 60 A 198.51.100.4"],
        },
    };

    /// <summary>As <see cref="SearchScene.Ask"/>.</summary>
    public string Ask(string question, string client = SearchScene.ShopClient)
    {
        using var query = Read(question, client);
        return SearchScene.Describe(query, _chain.ServeAsync(query).AsTask().GetAwaiter().GetResult());
    }

    public Query Read(string question, string client = SearchScene.ShopClient)
    {
        var words = question.Split(' ');
        var query = QueryFactory.Ask(words[0], Enum.Parse<RecordType>(words[1]), client: client);
        query.Router = _router;
        return query;
    }

    public ValueTask<ServeResult> ServeAsync(Query query) => _chain.ServeAsync(query);
}
