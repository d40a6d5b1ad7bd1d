using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Testing.Faults;

/// <summary>The Services of a fault's run on a fake API server.</summary>
public sealed class FakeFaultyCluster : IFaultyCluster
{
    private readonly FakeApiServer _api;

    public FakeFaultyCluster(FakeApiServer api)
    {
        _api = api;
        api.Put(ResourceKind.Namespace, FaultyObjects.Namespace);
    }

    public Uri Url => _api.Url;

    public Task PutAsync(string name, string address)
    {
        _api.Put(ResourceKind.EndpointSlice, FaultyObjects.Slice(name, address));
        _api.Put(ResourceKind.Service, FaultyObjects.Service(name));
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string name)
    {
        _api.Delete(ResourceKind.Service, FaultNames.Space, name);
        _api.Delete(ResourceKind.EndpointSlice, FaultNames.Space, FaultyObjects.SliceName(name));
        return Task.CompletedTask;
    }
}
