using ClusterDns.Operations;
using ClusterDns.Operations.Bounds;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace ClusterDns.Cli;

/// <summary>The parts of one server, put together by hand in one place. Tests make as many as they like.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    private readonly ILoggerFactory _logging;
    private readonly LogOutput _log;

    /// <param name="output">Where logs go.</param>
    /// <param name="defaultPort">Port of server blocks that name none.</param>
    /// <param name="manifestPath">Manifests instead of an API server.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="bounds">Null for those that this process's memory allows.</param>
    public ServerParts(
        Stream output, int defaultPort = 53, string? manifestPath = null, TimeProvider? time = null, ServerBounds? bounds = null)
    {
        var debug = new DebugSwitch();
        var registry = Metrics.NewCustomRegistry();
        var pool = new QueryPool();
        var clock = time ?? TimeProvider.System;
        _log = new LogOutput(output);
        _logging = ConsoleLoggerProvider.CreateFactory(_log, debug);
        var clusters = new ClusterFactory(clock, _logging, registry);
        Http = new HttpServers(_logging);
        Services = new ServerServices
        {
            Time = clock,
            Logging = _logging,
            Registry = registry,
            LogOutput = _log,
            Debug = debug,
            Clusters = new ClusterDirectory(clusters.Create),
            Watches = clusters.Watches,
            Queries = pool,
            Bounds = bounds ?? ServerBounds.OfProcess(),
            DefaultPort = defaultPort,
            ManifestPath = manifestPath,
        };
        Server = new DnsServer(Services, Http, new ListenerOpener(Services, pool));
    }

    public ServerServices Services { get; }

    public HttpServers Http { get; }

    public DnsServer Server { get; }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().ConfigureAwait(false);
        _logging.Dispose();
        _log.Dispose();
    }
}
