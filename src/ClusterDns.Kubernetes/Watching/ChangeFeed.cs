using System.Threading.Channels;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>What one kind's watch has to say, on its way to the zone.</summary>
internal sealed class ChangeFeed(
    ResourceTarget target,
    ChannelWriter<ClusterChange> changes,
    Func<CancellationToken, ValueTask> afterList,
    WatchLimits limits,
    TimeProvider time,
    ILogger logger)
{
    private readonly LogBudget _problems = new(limits.ObjectProblemLines, limits.TroubleLogInterval, time);

    public ValueTask StartListAsync(CancellationToken cancellation) =>
        WriteAsync(ClusterChange.RelistStarted(target.Kind), cancellation);

    public async ValueTask FinishListAsync(CancellationToken cancellation)
    {
        await WriteAsync(ClusterChange.RelistFinished(target.Kind), cancellation).ConfigureAwait(false);
        await afterList(cancellation).ConfigureAwait(false);
    }

    /// <summary>The object reads like this now. A refused one is not told of.</summary>
    public ValueTask ApplyAsync(in ObjectReading reading, CancellationToken cancellation)
    {
        if (reading.Problem is not null)
        {
            Report(in reading);
        }

        return reading.IsRefused ? ValueTask.CompletedTask : WriteAsync(reading.ToChange(target.Kind), cancellation);
    }

    /// <summary>The object is gone. Its last state may be refused, but not its name.</summary>
    public ValueTask RemoveAsync(in ObjectReading reading, CancellationToken cancellation) =>
        reading.Key.Name.Length == 0 ? ValueTask.CompletedTask : WriteAsync(ClusterChange.Remove(target.Kind, reading.Key), cancellation);

    private void Report(in ObjectReading reading)
    {
        if (!_problems.TryPass(out var held))
        {
            return;
        }

        var outcome = reading.IsRefused ? "is left out" : "is served in part";
        ApiServerLog.OddObject(logger, target.Plural, Printable.Of(reading.Key.ToString()), outcome, Printable.Of(reading.Problem!), held);
    }

    private ValueTask WriteAsync(in ClusterChange change, CancellationToken cancellation) =>
        changes.TryWrite(change) ? ValueTask.CompletedTask : changes.WriteAsync(change, cancellation);
}
