using System.Collections.Frozen;
using ClusterDns.Cli.Checking;
using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;
using ClusterDns.Explaining;
using ClusterDns.Kubernetes;
using ClusterDns.Operations;
using ClusterDns.Plugins;
using ClusterDns.Serving;
using Prometheus;

namespace ClusterDns.Cli.Explaining;

/// <summary>
/// The server of a Corefile for one explanation: set up and started by its own code, with no listener and no page, and
/// without those directives that only look after a process that goes on.
/// </summary>
internal sealed class SocketlessServer : IAsyncDisposable
{
    /// <summary>Directives that decide about no answer: they probe, watch or serve pages.</summary>
    private static readonly FrozenSet<string> LeftOut = new[] { "health", "ready", "pprof", "loop", "reload" }.ToFrozenSet();

    private readonly ExplainOptions _options;
    private readonly CommandContext _context;
    private readonly SetupWarnings _log = new();
    private readonly LogOutput _output = new(Stream.Null);
    private readonly ClusterReading _reading;
    private readonly ServerServices _services;
    private ServerConfiguration? _configuration;
    private ListenerRoutes[] _listeners = [];

    public SocketlessServer(ExplainOptions options, CommandContext context)
    {
        _options = options;
        _context = context;
        var registry = Metrics.NewCustomRegistry();
        _reading = new ClusterReading(context.Time);
        var factory = new ClusterFactory(context.Time, _log, registry) { Observe = _reading.Observe };
        _services = new ServerServices
        {
            Time = context.Time,
            Logging = _log,
            Registry = registry,
            LogOutput = _output,
            Clusters = new ClusterDirectory(source => factory.Create(Redirect(source))),
            Queries = new QueryPool(),
            ManifestPath = options.ManifestPath,
        };
        Explainer = new Explainer(_services, () => _listeners);
    }

    public Explainer Explainer { get; }

    /// <summary>Sets up all that answers, and waits for the cluster. Gives why that cannot be read, or null.</summary>
    /// <exception cref="CorefileException">There is a mistake in the Corefile.</exception>
    /// <exception cref="StartException">A plugin cannot start.</exception>
    public async Task<string?> StartAsync()
    {
        var document = Load();
        var blocks = document.Blocks.Select(block => block with
        {
            Directives = [.. block.Directives.Where(directive => !LeftOut.Contains(directive.Name))],
        });
        _configuration = await ConfigurationBuilder.BuildAsync(document with { Blocks = [.. blocks] }, _services).ConfigureAwait(false);
        using var ending = new CancellationTokenSource(ClusterReading.Longest, _context.Time);
        var starting = StartPluginsAsync(_configuration.Setup.Starts, ending.Token);
        if (!await _reading.WaitAsync(_services.Clusters.WhenSynced(), starting, ending.Token).ConfigureAwait(false))
        {
            // A start that waits for the cluster would do so for as long as startup_timeout says: it is called off.
            await ending.CancelAsync().ConfigureAwait(false);
            await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return $"the cluster{NameOfCluster()} cannot be read{_reading.Describe() ?? $": {string.Join("; ", _log.Lines)}"}";
        }

        ending.CancelAfter(Timeout.InfiniteTimeSpan);
        await starting.ConfigureAwait(false);
        _listeners = [.. _configuration.Listeners.Select(plan => new ListenerRoutes(plan.Key, plan.Router, _services.Metrics.Queries))];
        return null;
    }

    private static async Task StartPluginsAsync(IEnumerable<Func<CancellationToken, Task>> starts, CancellationToken cancellation)
    {
        foreach (var start in starts)
        {
            await start(cancellation).ConfigureAwait(false);
        }
    }

    private string NameOfCluster() => (_options.KubeconfigPath ?? _options.ManifestPath) is { } path ? $" of {path}" : "";

    public async ValueTask DisposeAsync()
    {
        if (_configuration is not null)
        {
            await _configuration.Setup.StopAsync().ConfigureAwait(false);
        }

        await _services.Clusters.DisposeAsync().ConfigureAwait(false);
        _output.Dispose();
        _log.Dispose();
    }

    private CorefileDocument Load()
    {
        var loader = new CorefileLoader(_context.Files, _context.Environment, [.. PluginOrder.Names]);
        return _options.CorefilePath switch
        {
            null or "" => loader.LoadDefault(),
            CorefileLoader.StandardInputName => loader.LoadStandardInput(_context.Input),
            var path => loader.LoadFile(path),
        };
    }

    /// <summary>
    /// The cluster that the command line names, read as the directive says. No snapshot is read or written; pods of
    /// manifests cost nothing, and some clients are called by theirs.
    /// </summary>
    private ClusterSourceOptions Redirect(ClusterSourceOptions source)
    {
        var wanted = source with
        {
            Snapshot = null,
            WatchPods = source.WatchPods || _options.ManifestPath is not null || _options.From?.Contains('/') == true,
        };
        return _options.KubeconfigPath is null ? wanted : wanted with
        {
            KubeconfigPath = _options.KubeconfigPath,
            KubeconfigContext = null,
            Endpoint = null,
            Certificate = null,
        };
    }
}
