using System.Net;
using ClusterDns.Testing;
using ClusterDns.Testing.Soak;

namespace ClusterDns.EndToEndTests.Soak;

/// <summary>A server in this process; a Corefile with a mistake is refused.</summary>
internal sealed class SoakedServer : ISoakedServer, IAsyncDisposable
{
    private RunningServer? _server;

    public async Task<IPEndPoint> StartAsync(string corefile)
    {
        _server = await RunningServer.StartAsync(OnFreePorts(corefile));
        return _server.Endpoint;
    }

    public Task ReloadAsync(string corefile) => _server!.ReloadAsync(OnFreePorts(corefile));

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static string OnFreePorts(string corefile) => corefile
        .Replace(SoakCorefile.Port, "0", StringComparison.Ordinal)
        .Replace(SoakCorefile.MetricsPort, "0", StringComparison.Ordinal);
}
