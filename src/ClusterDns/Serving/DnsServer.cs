using ClusterDns.Operations.Http;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Serving;

/// <summary>
/// One running server: its listeners, its pages, and the configuration they serve now. Listeners and pages outlive
/// configurations; a reload builds a whole new one beside the old and swaps references.
/// </summary>
internal sealed class DnsServer(ServerServices services, HttpServers http, ListenerOpener opener) : IAsyncDisposable
{
    /// <summary>One reload, start or stop at a time.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    private readonly ILogger _logger = services.Logging.CreateLogger("server");
    private readonly Dictionary<ListenerKey, RunningListener> _listeners = [];
    private ServerConfiguration? _current;

    /// <summary>The open listeners, with the addresses they were given.</summary>
    public IReadOnlyCollection<RunningListener> Listeners => _listeners.Values;

    /// <summary>
    /// Pages first, so that probes see a server that is starting; then what plugins wait for; DNS sockets last. When a
    /// step fails the server is left as empty as before.
    /// </summary>
    /// <exception cref="StartException">A DNS address cannot be listened on, or a plugin cannot start.</exception>
    /// <exception cref="HttpListenException">A page's address cannot be listened on.</exception>
    public async Task StartAsync(ServerConfiguration configuration, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await ApplyAsync(configuration, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Replaces the configuration. Whatever goes wrong, the old one goes on as if nothing had happened.
    /// </summary>
    /// <returns>Null when the new configuration serves, otherwise why it does not.</returns>
    public async Task<string?> ReloadAsync(Func<Task<ServerConfiguration>> build, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ServingLog.Reloading(_logger);
            await ApplyAsync(await build().ConfigureAwait(false), cancellation).ConfigureAwait(false);
            ServingLog.ReloadComplete(_logger);
            return null;
        }
        catch (Exception exception) when (exception is Corefile.CorefileException or StartException or HttpListenException)
        {
            ServingLog.ReloadFailed(_logger, exception.Message);
            return exception.Message;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // A bug of ours in a plugin's set-up costs the new configuration, never the one that serves.
            ServingLog.ReloadBroke(_logger, exception);
            return $"{exception.GetType().Name}: {exception.Message}";
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ApplyAsync(ServerConfiguration next, CancellationToken cancellation)
    {
        foreach (var warning in next.Warnings)
        {
            ServingLog.CorefileWarning(_logger, warning);
        }

        // A server that starts shows its pages before it waits for anything. One that serves already goes on showing the
        // pages of what serves until the new configuration is ready to.
        var isFirst = _current is null;
        var opened = new List<RunningListener>();
        try
        {
            if (isFirst)
            {
                await http.ApplyAsync(next.Setup.Pages, cancellation).ConfigureAwait(false);
            }

            foreach (var start in next.Setup.Starts)
            {
                await start(cancellation).ConfigureAwait(false);
            }

            foreach (var plan in next.Listeners.Where(plan => !_listeners.ContainsKey(plan.Key)))
            {
                opened.Add(opener.Open(plan));
            }

            if (!isFirst)
            {
                await http.ApplyAsync(next.Setup.Pages, cancellation).ConfigureAwait(false);
            }
        }
        catch
        {
            await UndoAsync(next, opened).ConfigureAwait(false);
            throw;
        }

        await TakeOverAsync(next, opened).ConfigureAwait(false);
    }

    private async Task UndoAsync(ServerConfiguration next, List<RunningListener> opened)
    {
        foreach (var listener in opened)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }

        await next.Setup.StopAsync().ConfigureAwait(false);
        await http.ApplyAsync(_current?.Setup.Pages ?? [], CancellationToken.None).ConfigureAwait(false);
    }

    private async Task TakeOverAsync(ServerConfiguration next, List<RunningListener> opened)
    {
        foreach (var plan in next.Listeners)
        {
            if (_listeners.TryGetValue(plan.Key, out var kept))
            {
                kept.Use(plan);
                WarnIfSocketsDiffer(kept, plan);
            }
        }

        foreach (var listener in opened)
        {
            _listeners.Add(listener.Routes.Key, listener);
        }

        var wanted = next.Listeners.Select(plan => plan.Key).ToHashSet();
        foreach (var key in _listeners.Keys.Where(key => !wanted.Contains(key)).ToList())
        {
            _listeners.Remove(key, out var unwanted);
            await unwanted!.DisposeAsync().ConfigureAwait(false);
        }

        var old = _current;
        _current = next;
        next.Setup.Listening = [.. _listeners.Values];
        if (old is not null)
        {
            await old.Setup.StopAsync().ConfigureAwait(false);
        }
    }

    // To open others and close these would lose what is on its way to them.
    private void WarnIfSocketsDiffer(RunningListener kept, ListenerPlan plan)
    {
        var wanted = plan.Settings.ToUdpOptions().Workers;
        if (wanted != kept.Sockets)
        {
            ServingLog.SocketsKept(_logger, plan.Key.Label, kept.Sockets, wanted);
        }
    }

    /// <summary>
    /// Drains, then closes everything. Nothing of it throws. <paramref name="cancellation"/> ends the draining; what has
    /// come is answered even then.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_current is { } current)
            {
                await DrainAsync(current.Setup, cancellation).ConfigureAwait(false);
            }

            // Nobody is to miss them from here on.
            _current?.Setup.Listening = [];
            await Task.WhenAll(_listeners.Values.Select(listener => listener.DisposeAsync().AsTask())).ConfigureAwait(false);

            _listeners.Clear();
            if (_current is { } last)
            {
                _current = null;
                await last.Setup.StopAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DrainAsync(ConfigurationSetup setup, CancellationToken cancellation)
    {
        // All at once: /ready says no before the first of several lameducks is over.
        await Task.WhenAll(setup.Drains.Select(async drain => await drain(cancellation).ConfigureAwait(false)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (setup.WaitsForQuiet)
        {
            await new QuietWatch(() => _listeners.Values.Sum(listener => listener.Received), services.Time, _logger)
                .WaitAsync(cancellation)
                .ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        await services.Clusters.DisposeAsync().ConfigureAwait(false);
        await http.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }
}
