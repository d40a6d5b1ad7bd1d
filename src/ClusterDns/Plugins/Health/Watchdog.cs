using ClusterDns.Operations;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Health;

/// <summary>
/// Asks the server's own listeners again and again, so that <c>/health</c> turns red when one of them has died in a process
/// that lives, and green when it comes back.
/// </summary>
/// <param name="listeners">The listeners to ask; the same check for the same listener each time.</param>
/// <param name="logger">Hears of a listener that dies or comes back.</param>
/// <param name="time">The server's clock.</param>
internal sealed class Watchdog(Func<IEnumerable<ListenerCheck>> listeners, ILogger logger, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private string? _reason;

    /// <summary>Why the server is not well; null when it is.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    public Task StartAsync()
    {
        _running = new PeriodicWork("the watchdog", logger, time).RunAsync(Interval, _ => AskAllAsync(), _stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>One query to each listener, one after the other.</summary>
    public async Task AskAllAsync()
    {
        string? reason = null;
        foreach (var listener in listeners())
        {
            await listener.AskAsync(_stop.Token).ConfigureAwait(false);
            reason ??= listener.IsDead ? $"no answer from the listener at {listener.Endpoint}" : null;
        }

        if (reason != _reason)
        {
            HealthLog.WatchdogChanged(logger, reason ?? "all listeners answer");
            Volatile.Write(ref _reason, reason);
        }
    }
}
