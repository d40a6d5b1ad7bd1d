using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Autopath;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using Prometheus;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>
/// Autopath in front of a cluster with the namespaces <c>shop</c> and <c>bank</c>, and of a world outside. The pod of
/// <see cref="QueryFactory.Client"/> is in <c>shop</c>.
/// </summary>
internal sealed class SearchScene
{
    public const string ShopClient = "10.244.0.5:46018";
    public const string BankClient = "10.244.0.6:46018";
    public const string Stranger = "192.0.2.7:46018";

    private readonly PluginChain _chain;
    private readonly OneChain _router;

    /// <param name="directive">What follows the word <c>kubernetes</c>.</param>
    /// <param name="nodeSearch">The server's own search list, between blanks.</param>
    /// <param name="beforeUpstream">What stands between the cluster and the world; nothing when null.</param>
    public SearchScene(
        string directive = "cluster.local {\n pods verified\n }", string nodeSearch = "", Plugin? beforeUpstream = null)
    {
        Cluster = new ZoneUnderTest().Apply(
            Namespace("shop"),
            Namespace("bank"),
            Service("shop/web", "10.96.0.1"),
            Service("shop/dual", "10.96.0.2 fd00::2"),
            Service("bank/vault", "10.96.0.3"),
            Pod("shop/client-0", "10.244.0.5"),
            Pod("bank/client-0", "10.244.0.6"));
        var kubernetes = new KubernetesPlugin(
            KubernetesUnderTest.ParseDirective(directive), Cluster.Zone, new ServerLookup(new QueryPool()), []);
        var elements = nodeSearch.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => DnsName.Parse(text));
        Registry = Metrics.NewCustomRegistry();
        var autopath = new AutopathPlugin(
            new ZoneList([DnsName.Root]), new QueryPool(), new DecisionMemory(Clock), new AutopathMetrics(Registry));
        autopath.Use(new ClusterSearch(kubernetes, elements));
        _chain = PluginChain.Build([autopath, kubernetes, .. beforeUpstream is null ? [] : new[] { beforeUpstream }, Upstream]);
        _router = new OneChain(_chain);
    }

    public ManualClock Clock { get; } = new();

    public ZoneUnderTest Cluster { get; }

    public CollectorRegistry Registry { get; }

    public UpstreamTable Upstream { get; } = new()
    {
        Names = new Dictionary<string, string[]>
        {
            ["www.example.com."] = ["www.example.com. 60 A 198.51.100.1"],
            ["both.example.com."] = ["both.example.com. 60 A 198.51.100.2", "both.example.com. 60 AAAA 2001:db8::2"],
            ["alias.example.com."] = ["alias.example.com. 40 CNAME www.example.com.", "www.example.com. 60 A 198.51.100.1"],
            ["empty.example.com."] = [],
            ["host.corp.test."] = ["host.corp.test. 70 A 198.51.100.3"],
            ["host."] = ["host. 70 A 198.51.100.4"],
        },
    };

    /// <summary>
    /// What becomes of <c>NAME TYPE</c>: the answer's records between line ends; without any <c>NODATA</c>, <c>NXDOMAIN</c>
    /// or another rcode; or the failure.
    /// </summary>
    public string Ask(string question, string client = ShopClient)
    {
        using var query = Read(question, client);
        return Describe(query, Serve(query));
    }

    public Query Read(string question, string client = ShopClient, ushort? udpSize = null)
    {
        var words = question.Split(' ');
        var query = QueryFactory.Ask(words[0], Enum.Parse<RecordType>(words[1]), client: client, udpSize: udpSize);
        query.Router = _router;
        query.ServerLabel = "dns://:53";
        return query;
    }

    public ServeResult Serve(Query query) => _chain.ServeAsync(query).AsTask().GetAwaiter().GetResult();

    public ValueTask<ServeResult> ServeAsync(Query query) => _chain.ServeAsync(query);

    public static string Describe(Query query, ServeResult result)
    {
        if (result.Outcome != ServeOutcome.Answered)
        {
            return $"{result.Outcome} {result.Code}: {query.Error}";
        }

        var reply = query.Reply;
        return reply.AnswerCount > 0 ? string.Join('\n', RecordNotation.Read(reply, Section.Answer))
            : reply.Code == ResponseCode.NoError ? "NODATA"
            : reply.Code == ResponseCode.NameError ? "NXDOMAIN"
            : reply.Code.ToString();
    }

    public void AddPod(string key, string address, string? other = null, bool isHostNetwork = false) => Cluster.Apply(
        ClusterChange.Put(new PodRecord(Key(key), Address(address), other is null ? null : Address(other), isHostNetwork)));

    public void RemovePod(string key) => Cluster.Apply(Remove(ResourceKind.Pod, key));
}
