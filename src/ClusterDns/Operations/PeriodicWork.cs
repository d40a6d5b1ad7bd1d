using ClusterDns.Transport;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations;

/// <summary>
/// Work that is done again and again for as long as a configuration serves. What one round throws is a bug of ours, or
/// something nobody thought of: it costs that round, and a line in the log every ten seconds at most.
/// </summary>
/// <param name="what">What is done, as it continues "failed": <c>the health probe</c>.</param>
/// <param name="logger">Whose work it is.</param>
/// <param name="time">The clock.</param>
internal sealed class PeriodicWork(string what, ILogger logger, TimeProvider time)
{
    private readonly LogInterval _lines = new(time);

    /// <summary>Does a round after each interval, until told to stop; then the task is cancelled.</summary>
    public async Task RunAsync(TimeSpan interval, Func<CancellationToken, Task> round, CancellationToken stop)
    {
        using var ticks = new PeriodicTimer(interval, time);
        while (await ticks.WaitForNextTickAsync(stop).ConfigureAwait(false))
        {
            await TryAsync(round, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Does one round, and tells what it throws instead of throwing it.</summary>
    public async Task TryAsync(Func<CancellationToken, Task> round, CancellationToken stop)
    {
        try
        {
            await round(stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whatever it was: the next round may do better, and nobody else would begin it.
            if (_lines.TryEnter(out var heldBack))
            {
                OperationsLog.RoundFailed(logger, error, what, heldBack);
            }
        }
    }
}
