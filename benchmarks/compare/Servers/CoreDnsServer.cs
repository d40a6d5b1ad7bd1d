using ClusterDns.Kubernetes.Objects;
using ClusterDns.Measuring;
using ClusterDns.Testing;

namespace ClusterDns.Compare.Servers;

/// <summary>CoreDNS from a given binary, with kubeadm's Corefile; it reads the same objects from an API server in this process.</summary>
internal sealed class CoreDnsServer(string binary, int port, int upstreamPort) : Server("CoreDNS", port)
{
    private FakeApiServer? _api;

    public override bool Serves(Mix mix) => true;

    protected override string[] Prepare(Scenery scenery)
    {
        _api = FakeApiServer.StartAsync().GetAwaiter().GetResult();
        var objects = new ClusterObjects(scenery.Shape);
        Put(ResourceKind.Namespace, objects.Namespaces());
        Put(ResourceKind.Service, objects.Services());
        Put(ResourceKind.EndpointSlice, objects.Slices());
        var path = Path.Combine(scenery.PathOf(Name), "Corefile");
        File.WriteAllText(path, new KubeadmCorefile(Port, upstreamPort, $"endpoint {_api.Url}\n").Text(_ => true));
        return ["env", "GOMAXPROCS=1", binary, "-conf", path];
    }

    protected override void DisposeMore() => _api?.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Put(ResourceKind kind, IEnumerable<string> objects)
    {
        foreach (var text in objects)
        {
            _api!.Put(kind, text);
        }
    }
}
