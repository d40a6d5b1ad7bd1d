using System.Net;
using ClusterDns.Testing;
using ClusterDns.Testing.Faults;

namespace ClusterDns.EndToEndTests.Faults;

/// <summary>A server in this process, for which time passes faster.</summary>
internal sealed class HurriedServer(HurriedTime time) : IServerUnderFaults, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterdns-faults-");
    private RunningServer? _server;

    public async Task<IPEndPoint> StartAsync(FaultProxy apiServer, FaultCase fault, bool keepsSnapshot)
    {
        _server = await RunningServer.StartAsync(FaultCorefile.Prepare(_folder.FullName, port: 0, apiServer, fault, keepsSnapshot), time: time);
        return _server.Endpoint;
    }

    public async Task StopAsync()
    {
        await _server!.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}
