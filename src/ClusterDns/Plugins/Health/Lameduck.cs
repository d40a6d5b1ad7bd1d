using ClusterDns.Corefile;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Health;

/// <summary>
/// Time between being told to stop and stopping: queries are still answered and <c>/health</c> is still well, while
/// <c>/ready</c> already says no and clients are led elsewhere.
/// </summary>
internal sealed class Lameduck(TimeSpan duration, ILogger logger, TimeProvider time)
{
    /// <summary>Waits the time out, or until <paramref name="cancellation"/>: somebody lost patience.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        HealthLog.GoesLame(logger, GoDuration.Format(duration));
        await Task.Delay(duration, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
