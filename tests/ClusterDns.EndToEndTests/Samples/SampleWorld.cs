using System.Net;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Testing.Network;
using ClusterDns.Transport;

namespace ClusterDns.EndToEndTests.Samples;

/// <summary>
/// A pod's surroundings: the API server at its address in the cluster, DNS servers at whatever addresses a Corefile names,
/// and clients in the pod and outside.
/// </summary>
internal sealed class SampleWorld : IAsyncDisposable
{
    private const string ApiAddress = "10.96.0.1";
    private const int ApiPort = 443;

    private readonly FakeCertificates _certificates;
    private readonly FakeApiServer _api;

    private SampleWorld(ClusterNetwork network, FakeCertificates certificates, FakeApiServer api)
    {
        Network = network;
        _certificates = certificates;
        _api = api;
    }

    public ClusterNetwork Network { get; }

    /// <summary>What every pod finds in its environment.</summary>
    public static IReadOnlyDictionary<string, string> ClusterVariables { get; } = new Dictionary<string, string>
    {
        ["KUBERNETES_SERVICE_HOST"] = ApiAddress,
        ["KUBERNETES_SERVICE_PORT"] = $"{ApiPort}",
    };

    public static async Task<SampleWorld> StartAsync()
    {
        var network = new ClusterNetwork();
        foreach (var address in new[] { "169.254.20.10", "169.254.25.10", "10.96.0.10" })
        {
            network.AddServerAddress(IPAddress.Parse(address));
        }

        var certificates = new FakeCertificates(ApiAddress);
        var api = await FakeApiServer.StartAsync(new FakeApiServerOptions
        {
            Endpoint = new IPEndPoint(IPAddress.Parse(ApiAddress), ApiPort),
            OpenSocket = network.World.Inside,
            Certificates = certificates,
        });
        api.Load(await File.ReadAllTextAsync(ConformanceSet.ClusterPath));
        return new SampleWorld(network, certificates, api);
    }

    /// <summary>Gives the pod a service account of this cluster.</summary>
    public void AddServiceAccount(PodFiles files)
    {
        files.Write($"{PodFiles.ServiceAccount}/token", "a-token");
        files.Write($"{PodFiles.ServiceAccount}/ca.crt", File.ReadAllText(_certificates.AuthorityPath));
    }

    /// <summary>Asks the server: from outside at the pod's own addresses, from the pod at all others.</summary>
    public Task<byte[]> AskAsync(IPEndPoint server, TransportProtocol protocol, ReadOnlyMemory<byte> query)
    {
        var isOutside = server.Address.Equals(ClusterNetwork.ServerAddress) || server.Address.Equals(ClusterNetwork.ServerAddress6);
        var host = isOutside ? Network.World : Network.Server;
        return protocol == TransportProtocol.Udp
            ? DnsSocketClient.AskUdpAsync(server, query, host.CreateSocket)
            : DnsSocketClient.AskTcpAsync(server, query, host.CreateSocket);
    }

    /// <summary>A page of the server, read in the pod.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetPageAsync(Uri page)
    {
        using var handler = Network.Server.CreateHttpHandler();
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        using var response = await client.GetAsync(page);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _certificates.Dispose();
        Network.Dispose();
    }
}
