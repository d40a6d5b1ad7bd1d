using ClusterDns.Plugins.Reload;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Serving;

/// <summary>What the plugins of all blocks ask for beside their place in a chain. Collected once, then carried out.</summary>
internal sealed class ConfigurationSetup(ServerServices services)
{
    private readonly List<ReadinessCheck> _readiness = [];
    private readonly List<HttpPage> _pages = [];
    private readonly List<Func<CancellationToken, Task>> _starts = [];
    private readonly List<Func<CancellationToken, Task>> _drains = [];
    private readonly List<Func<CancellationToken, Task>> _stops = [];

    public ServerServices Services { get; } = services;

    /// <summary>How often the Corefile is looked at; null when no block has <c>reload</c>.</summary>
    public ReloadOptions? Reload { get; set; }

    /// <summary>Whether the server goes on, behind everything of <see cref="Drains"/>, until no more queries come.</summary>
    public bool WaitsForQuiet { get; set; }

    /// <summary>The listeners that serve this configuration; none before it serves, and while the server stops.</summary>
    public IReadOnlyList<RunningListener> Listening { get; set; } = [];

    /// <summary>All server blocks, in the order of the file.</summary>
    public List<BlockSetup> Blocks { get; } = [];

    public IReadOnlyList<ReadinessCheck> Readiness => _readiness;

    public IReadOnlyList<HttpPage> Pages => _pages;

    public IReadOnlyList<Func<CancellationToken, Task>> Starts => _starts;

    public IReadOnlyList<Func<CancellationToken, Task>> Drains => _drains;

    /// <summary>Runs, in order of setup, after the HTTP pages are up and before DNS sockets open; waits belong here.</summary>
    public void OnStart(Func<CancellationToken, Task> action) => _starts.Add(action);

    /// <summary>Runs when the process is told to stop and still answers, all of them at once: the place for <c>lameduck</c>.</summary>
    public void OnDrain(Func<CancellationToken, Task> action) => _drains.Add(action);

    /// <summary>Runs when this configuration serves no more queries, because of a reload or at the end.</summary>
    public void OnStop(Func<CancellationToken, Task> action) => _stops.Add(action);

    /// <summary>Adds a plugin to what <c>/ready</c> waits for.</summary>
    public void AddReadiness(string pluginName, Func<bool> isReady) => _readiness.Add(new(pluginName, isReady));

    /// <summary>Serves a page. Two equal (address, path) pairs are one page: the later one wins.</summary>
    public void AddPage(string listenAddress, string path, RequestDelegate handler, bool takesPost = false) =>
        _pages.Add(new(listenAddress, path, handler, takesPost));

    /// <summary>Runs what was left for the end. One part that cannot stop does not keep the others from stopping.</summary>
    public async Task StopAsync()
    {
        foreach (var stop in _stops)
        {
            try
            {
                await stop(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                ServingLog.StopFailed(Services.Logging.CreateLogger("server"), exception);
            }
        }
    }
}
