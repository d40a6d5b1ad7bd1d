using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Wire;

namespace ClusterDns.EndToEndTests.Status;

/// <summary>A server with a status page, the API server and the upstream that it follows, and somebody who asks it.</summary>
internal sealed class StatusPageWorld : IAsyncDisposable
{
    private const string Address = "127.0.0.1:0";

    private readonly CancellationTokenSource _stop = new();
    private Task _load = Task.CompletedTask;

    private StatusPageWorld(FakeApiServer api, FakeUpstream upstream, RunningServer server)
    {
        Api = api;
        Upstream = upstream;
        Server = server;
    }

    public FakeApiServer Api { get; }

    public FakeUpstream Upstream { get; }

    public RunningServer Server { get; }

    /// <summary>The page, by a name that only this machine can have.</summary>
    public Uri Page => new($"http://localhost:{Server.PageEndpoint(Address)!.Port}/");

    public static async Task<StatusPageWorld> StartAsync()
    {
        var api = await FakeApiServer.StartAsync();
        api.Put(ResourceKind.Namespace, """{"metadata":{"name":"shop"}}""");
        api.Put(ResourceKind.Service, ServiceJson("web", "10.96.0.80"));
        var upstream = new FakeUpstream("www.example.org. 3600 A 192.0.2.1");
        var server = await RunningServer.StartAsync($$"""
            .:0 {
                bind 127.0.0.1
                status 127.0.0.1:0 {
                    control
                }
                top {
                    sample 1
                }
                prometheus 127.0.0.1:0
                cache 30
                kubernetes cluster.local {
                    endpoint {{api.Url}}
                }
                template ANY ANY broken.example {
                    rcode SERVFAIL
                }
                forward . {{upstream.Endpoint}}
            }
            """);
        return new StatusPageWorld(api, upstream, server);
    }

    public static string ServiceJson(string name, string address) =>
        $$$"""{"metadata":{"name":"{{{name}}}","namespace":"shop"},"spec":{"type":"ClusterIP","clusterIP":"{{{address}}}","clusterIPs":["{{{address}}}"],"ports":[{"name":"http","port":80,"protocol":"TCP"}]}}""";

    /// <summary>Asks again and again, one query after the other, until the end.</summary>
    public void BeginLoad() => _load = LoadAsync();

    public Task AskAsync(string name, RecordType type = RecordType.A) => Server.AskUdpAsync(QueryFactory.Packet(name, type));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _load;
        await Server.DisposeAsync();
        await Upstream.DisposeAsync();
        await Api.DisposeAsync();
        _stop.Dispose();
    }

    private async Task LoadAsync()
    {
        (string Name, RecordType Type)[] questions =
        [
            ("web.shop.svc.cluster.local.", RecordType.A), ("www.example.org.", RecordType.A), ("web.shop.svc.cluster.local.", RecordType.A),
            ("www.example.org.", RecordType.A), ("none.shop.svc.cluster.local.", RecordType.AAAA), ("a.broken.example.", RecordType.A),
        ];
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            var (name, type) = questions[i % questions.Length];
            await AskAsync(name, type);
        }
    }
}
