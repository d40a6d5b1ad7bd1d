using ClusterDns.Kubernetes.Zone;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// The life of a cluster's snapshot: served from while the API server does not answer at the start, and from then on
/// written whenever the names have changed. File work is done on threads of its own: a disk may hang.
/// </summary>
internal sealed class SnapshotKeeper(
    SnapshotOptions options,
    SnapshotStore store,
    SharedZoneWriter writer,
    SnapshotLimits limits,
    TimeProvider time,
    ILogger logger,
    SnapshotObserver observer)
{
    private readonly TimeSpan _longestPause = options.MaxAge / 2;
    private long _writtenRevision = -1;
    private DateTimeOffset _writtenAt = DateTimeOffset.MinValue;

    private ClusterZone Zone => writer.Zone;

    /// <summary>Runs until cancelled.</summary>
    /// <param name="synced">Ends when the zone is synced.</param>
    /// <param name="onServing">Told when a snapshot is served.</param>
    /// <param name="cancellation">The cluster stops.</param>
    public async Task RunAsync(Task synced, Action onServing, CancellationToken cancellation)
    {
        observer.Retired(options.Path);
        await synced.WaitAsync(options.Grace, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (!Zone.IsSynced)
        {
            await TryAsync(Restore).ConfigureAwait(false);
            if (Zone.IsServing)
            {
                onServing();
            }

            await FollowUntilSyncedAsync(synced, cancellation).ConfigureAwait(false);
        }

        using var ticks = new PeriodicTimer(limits.WriteInterval, time);
        do
        {
            if (IsDue())
            {
                await TryAsync(Write).ConfigureAwait(false);
            }
        }
        while (await ticks.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Writes what is not written yet; once, when nothing changes any more.</summary>
    public async Task FinishAsync()
    {
        // What was never synced is half a cluster, or the snapshot itself.
        if (Zone.IsSynced && writer.Revision != _writtenRevision)
        {
            await OnOwnThread(Write).WaitAsync(limits.StopTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowUntilSyncedAsync(Task synced, CancellationToken cancellation)
    {
        try
        {
            await synced.WaitAsync(cancellation).ConfigureAwait(false);
            if (Zone.WasRestored)
            {
                SnapshotLog.Retired(logger, options.Path);
            }
        }
        finally
        {
            observer.Retired(options.Path);
        }
    }

    // A snapshot that nothing changes must not grow too old while its names are still true.
    private bool IsDue() => writer.Revision != _writtenRevision || time.GetUtcNow() - _writtenAt >= _longestPause;

    private void Write()
    {
        var now = time.GetUtcNow();
        var capture = writer.Capture(out var revision);
        if (store.TryWrite(capture))
        {
            _writtenRevision = revision;
            _writtenAt = now;
        }
    }

    private void Restore() => store.TryRead(reader =>
    {
        Zone.BeginRestore();
        if (reader.ReadAll(writer.TryRestore) && !Zone.IsSynced)
        {
            Zone.FinishRestore();
            observer.Restored(options.Path, reader.TakenAt);
            var age = TimeSpan.FromSeconds(Math.Round((time.GetUtcNow() - reader.TakenAt).TotalSeconds));
            SnapshotLog.Restored(logger, Zone.ServiceCount, Zone.NamespaceCount, options.Path, age);
        }
    });

    // A round that throws costs that round: the next one is a write interval away, and so is its line in the log.
    private async Task TryAsync(Action round)
    {
        try
        {
            await OnOwnThread(round).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            SnapshotLog.RoundFailed(logger, exception, options.Path);
        }
    }

    private static Task OnOwnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
