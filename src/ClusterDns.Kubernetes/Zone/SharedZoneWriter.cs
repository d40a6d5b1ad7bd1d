using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Snapshots;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The zone's writer for several who take turns: what the source tells, what a snapshot holds, and who writes the next
/// snapshot. Whatever an object does, the others are followed.
/// </summary>
internal sealed class SharedZoneWriter(ZoneWriter writer, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FailureLogInterval = TimeSpan.FromMinutes(1);

    // Nobody waits long: a turn is one object, or a capture's references.
    private readonly Lock _turn = new();
    private readonly LogBudget _failures = new(1, FailureLogInterval, time);

    public ClusterZone Zone => writer.Zone;

    /// <summary>See <see cref="ZoneWriter.Revision"/>.</summary>
    public long Revision
    {
        get
        {
            lock (_turn)
            {
                return writer.Revision;
            }
        }
    }

    public void Apply(in ClusterChange change)
    {
        lock (_turn)
        {
            try
            {
                writer.Apply(change);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Tell(exception, change);
            }
        }
    }

    /// <summary>False when the source has told of everything, and nothing more is wanted.</summary>
    public bool TryRestore(ClusterChange change)
    {
        lock (_turn)
        {
            try
            {
                writer.Restore(change);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Tell(exception, change);
            }

            return !Zone.IsSynced;
        }
    }

    /// <summary>The zone as it is now.</summary>
    /// <param name="revision">The <see cref="Revision"/> that it has.</param>
    public ZoneCapture Capture(out long revision)
    {
        lock (_turn)
        {
            revision = writer.Revision;
            return new ZoneCapture(Zone);
        }
    }

    // The watch edge: one object that trips us over must not end the following of all others.
    private void Tell(Exception exception, in ClusterChange change)
    {
        if (_failures.TryPass(out var held))
        {
            ClusterLog.ChangeFailed(logger, exception, change.Action, change.Kind, change.Key, held);
        }
    }
}
