using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Holds the start back until the cluster is known, but not for ever: half an answer is better than none.</summary>
/// <param name="waitForSync">Waits at most so long and says whether the cluster is synced.</param>
/// <param name="timeout">The <c>startup_timeout</c>.</param>
/// <param name="logger">Hears that the start is waiting, and of its end.</param>
internal sealed class SyncWait(Func<TimeSpan, Task<bool>> waitForSync, TimeSpan timeout, ILogger logger)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>True once the cluster is synced, false when the time is up.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        for (var left = timeout; ; left -= LineInterval)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await waitForSync(left < LineInterval ? left : LineInterval).ConfigureAwait(false))
            {
                return true;
            }

            if (left <= LineInterval)
            {
                KubernetesLog.StartsUnsynced(logger);
                return false;
            }

            KubernetesLog.Waiting(logger);
        }
    }
}
