using System.Net;
using System.Text;

namespace ClusterDns.Testing.Faults;

/// <summary>
/// The Services of a fault's run on any API server that takes plain HTTP and lets us write. The namespace is ours: it is
/// made first, and taken away in the end.
/// </summary>
public sealed class HttpFaultyCluster(Uri url) : IFaultyCluster, IAsyncDisposable
{
    private const string Namespaces = "api/v1/namespaces";
    private const string Services = $"{Namespaces}/{FaultNames.Space}/services";
    private const string Slices = $"apis/discovery.k8s.io/v1/namespaces/{FaultNames.Space}/endpointslices";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url, Timeout = Patience };
    private bool _hasNamespace;

    public Uri Url => url;

    public async Task PutAsync(string name, string address)
    {
        if (!_hasNamespace)
        {
            await PutAsync(Namespaces, FaultNames.Space, FaultyObjects.Namespace);
            _hasNamespace = true;
        }

        await PutAsync(Slices, FaultyObjects.SliceName(name), FaultyObjects.Slice(name, address));
        await PutAsync(Services, name, FaultyObjects.Service(name));
    }

    public async Task DeleteAsync(string name)
    {
        await DeleteAsync(Services, name);
        await DeleteAsync(Slices, FaultyObjects.SliceName(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (_hasNamespace)
        {
            await DeleteAsync(Namespaces, FaultNames.Space);
        }

        _client.Dispose();
    }

    // A replacement that names no version is taken whatever the object's version is.
    private async Task PutAsync(string list, string name, string json)
    {
        using var replaced = await _client.PutAsync($"{list}/{name}", Content(json));
        if (replaced.StatusCode != HttpStatusCode.NotFound)
        {
            replaced.EnsureSuccessStatusCode();
            return;
        }

        using var made = await _client.PostAsync(list, Content(json));
        made.EnsureSuccessStatusCode();
    }

    private async Task DeleteAsync(string list, string name)
    {
        using var deleted = await _client.DeleteAsync($"{list}/{name}");
        if (deleted.StatusCode != HttpStatusCode.NotFound)
        {
            deleted.EnsureSuccessStatusCode();
        }
    }

    private static StringContent Content(string json) => new(json, Encoding.UTF8, "application/json");
}
