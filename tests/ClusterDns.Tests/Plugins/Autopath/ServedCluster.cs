using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Manifests;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>
/// A whole server over manifests and one upstream, asked as pods ask it. The pod 10.244.0.5 and fd00:244::5 is in the
/// namespace <c>orders</c>, whose Services have either family, both or none.
/// </summary>
internal sealed class ServedCluster : IAsyncDisposable
{
    public const string Client = "10.244.0.5:40000";

    private const string Manifests = """
        {kind: Namespace, metadata: {name: orders}}
        ---
        {kind: Namespace, metadata: {name: ledger}}
        ---
        {kind: Pod, metadata: {name: client-0, namespace: orders}, status: {phase: Running, podIP: 10.244.0.5, podIPs: [{ip: 10.244.0.5}, {ip: 'fd00:244::5'}]}}
        ---
        {kind: Service, metadata: {name: four, namespace: orders}, spec: {clusterIP: 10.96.0.4, ports: [{name: http, port: 80}]}}
        ---
        {kind: Service, metadata: {name: six, namespace: orders}, spec: {clusterIP: 'fd00::6', ports: [{name: http, port: 80}]}}
        ---
        {kind: Service, metadata: {name: dual, namespace: orders}, spec: {clusterIP: 10.96.0.2, clusterIPs: [10.96.0.2, 'fd00::2'], ports: [{name: http, port: 80}]}}
        ---
        {kind: Service, metadata: {name: idle, namespace: orders}, spec: {clusterIP: None}}
        ---
        {kind: Service, metadata: {name: away, namespace: orders}, spec: {type: ExternalName, externalName: www.example.com}}
        ---
        {kind: Service, metadata: {name: vault, namespace: ledger}, spec: {clusterIP: 10.96.0.9, ports: [{name: http, port: 80}]}}
        ---
        {kind: Service, metadata: {name: set, namespace: orders}, spec: {clusterIP: None, ports: [{name: http, port: 80}]}}
        ---
        {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: set-1, namespace: orders, labels: {kubernetes.io/service-name: set}}, addressType: IPv4, endpoints: [{addresses: [10.244.0.7], hostname: set-0}], ports: [{name: http, port: 80}]}
        """;

    private readonly ManifestTemp _manifests;
    private readonly RunningServer _server;

    private ServedCluster(ManifestTemp manifests, RunningServer server, FakeUpstream upstream)
    {
        _manifests = manifests;
        _server = server;
        Upstream = upstream;
    }

    public FakeUpstream Upstream { get; }

    public IReadOnlyList<string> Log => _server.Log;

    /// <param name="lines">Lines of the block beside <c>errors</c>, <c>kubernetes</c> and <c>forward</c>.</param>
    public static async Task<ServedCluster> StartAsync(string lines)
    {
        var manifests = new ManifestTemp().Write("cluster.yaml", Manifests);
        var upstream = new FakeUpstream(
            ". 60 SOA a.root. nstld.root. 1 2 3 4 30",
            "www.example.com. 60 A 198.51.100.1",
            "both.example.com. 60 A 198.51.100.2",
            "both.example.com. 60 AAAA 2001:db8::2");
        var server = await RunningServer.StartAsync(
            $$"""
            .:0 {
                errors
                kubernetes cluster.local {
                    pods verified
                }
                forward . {{upstream.Endpoint}}
                {{lines}}
            }
            """,
            manifests.Path);
        return new ServedCluster(manifests, server, upstream);
    }

    /// <summary><c>X</c> for NXDOMAIN, <c>0</c> for NODATA, <c>+</c> for records of the type asked, else the rcode.</summary>
    public async Task<string> VerdictAsync(string name, RecordType type, string client = Client)
    {
        using var query = await AskAsync(name, type, client);
        var hasRecord = RecordNotation.Read(query.Reply, Section.Answer).Exists(line => line.Split(' ')[2] == type.ToString());
        return query.Reply.Code switch
        {
            ResponseCode.NameError => "X",
            ResponseCode.NoError => hasRecord ? "+" : "0",
            var code => code.ToString(),
        };
    }

    /// <summary>The query with its reply.</summary>
    public async Task<Query> AskAsync(string name, RecordType type, string client = Client)
    {
        var query = QueryFactory.Ask(name, type, client: client);
        query.Router = _server.FirstRoutes;
        query.ServerLabel = _server.FirstRoutes.Key.Label;
        query.StartTimestamp = _server.Services.Time.GetTimestamp();
        var result = await _server.FirstRoutes.ServeAsync(query);
        if (result.Outcome == ServeOutcome.Failed)
        {
            query.Reply.Clear();
            query.Reply.Code = result.Code;
        }

        return query;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Upstream.DisposeAsync();
        _manifests.Dispose();
    }
}
