using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Holds the start back until the cluster is known, but not for ever: half an answer is better than none.</summary>
internal sealed class SyncWait(Func<bool> isSynced, TimeSpan timeout, TimeProvider time, ILogger logger)
{
    private const int PollsPerLine = 5;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        using var polls = new PeriodicTimer(PollInterval, time);
        for (var poll = 1; !isSynced(); poll++)
        {
            if (time.GetElapsedTime(start) >= timeout)
            {
                KubernetesLog.StartsUnsynced(logger);
                return;
            }

            await polls.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
            if (poll % PollsPerLine == 0)
            {
                KubernetesLog.Waiting(logger);
            }
        }
    }
}
