using System.Net;
using System.Text;
using ClusterDns.Cli;
using ClusterDns.Corefile;
using ClusterDns.Operations.Bounds;
using ClusterDns.Plugins;
using ClusterDns.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Testing;

/// <summary>
/// A whole server in this process, from the text of a Corefile: real sockets, real pages, its own everything. Keys end in
/// <c>:0</c>, so that any number of servers run side by side.
/// </summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly ServerParts _parts;
    private readonly LinesStream _log;

    private RunningServer(ServerParts parts, LinesStream log)
    {
        _parts = parts;
        _log = log;
    }

    /// <summary>The first listener's address, reachable from here.</summary>
    public IPEndPoint Endpoint => Reachable(_parts.Server.Listeners.First().Endpoint);

    public IReadOnlyList<IPEndPoint> Endpoints =>
        [.. _parts.Server.Listeners.Select(listener => Reachable(listener.Endpoint))];

    /// <summary>The first listener.</summary>
    public RunningListener Listener => _parts.Server.Listeners.First();

    public ServerServices Services => _parts.Services;

    /// <summary>What the first listener serves, for tests that need no socket.</summary>
    public ListenerRoutes FirstRoutes => _parts.Server.Listeners.First().Routes;

    /// <summary>What the server logged so far.</summary>
    public IReadOnlyList<string> Log => _log.Lines;

    /// <exception cref="CorefileException">There is a mistake in the Corefile.</exception>
    /// <exception cref="StartException">It cannot start.</exception>
    public static async Task<RunningServer> StartAsync(
        string corefile, string? manifestPath = null, TimeProvider? time = null, ServerBounds? bounds = null)
    {
        var log = new LinesStream();
        var parts = new ServerParts(log, defaultPort: 0, manifestPath, time, bounds);
        try
        {
            await parts.Server.StartAsync(await BuildAsync(corefile, parts.Services), CancellationToken.None);
            return new RunningServer(parts, log);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Handles packets as the first listener does, for tests that need no socket.</summary>
    /// <param name="pool">The handler's queries; null for some of its own.</param>
    public PacketHandler CreateHandler(QueryPool? pool = null) =>
        new(FirstRoutes, pool ?? new QueryPool(), Services.Time, Services.Metrics.Panics, NullLogger.Instance);

    /// <summary>Null when the new Corefile serves, otherwise why not.</summary>
    public Task<string?> ReloadAsync(string corefile) => ReloadAsync(() => BuildAsync(corefile, _parts.Services));

    /// <summary>The same, for a configuration that is made in another way.</summary>
    public Task<string?> ReloadAsync(Func<Task<ServerConfiguration>> build) =>
        _parts.Server.ReloadAsync(build, CancellationToken.None);

    /// <summary>Stops as for SIGTERM; <paramref name="impatience"/> ends the time in which it still serves.</summary>
    public Task StopAsync(CancellationToken impatience) => _parts.Server.StopAsync(impatience);

    /// <summary>Where a page is really served: pages ask for <c>127.0.0.1:0</c> and the like.</summary>
    public IPEndPoint? PageEndpoint(string listenAddress) => _parts.Http.EndPointOf(listenAddress);

    public Task<byte[]> AskUdpAsync(ReadOnlyMemory<byte> query) => DnsSocketClient.AskUdpAsync(Endpoint, query);

    public Task<byte[]> AskTcpAsync(ReadOnlyMemory<byte> query) => DnsSocketClient.AskTcpAsync(Endpoint, query);

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static Task<ServerConfiguration> BuildAsync(string corefile, ServerServices services)
    {
        var loader = new CorefileLoader(new DiskFiles(), Environment.GetEnvironmentVariable, [.. PluginOrder.Names]);
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(corefile));
        return ConfigurationBuilder.BuildAsync(loader.LoadStandardInput(text), services);
    }

    private static IPEndPoint Reachable(IPEndPoint endpoint) => endpoint.Address switch
    {
        var any when any.Equals(IPAddress.Any) || any.Equals(IPAddress.IPv6Any) => new(IPAddress.Loopback, endpoint.Port),
        _ => endpoint,
    };
}
