using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Snapshots;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The zone's writer for several who take turns: what the source tells, what a snapshot holds, and who writes the next
/// snapshot. Whatever an object does, the others are followed.
/// </summary>
internal sealed class SharedZoneWriter : IAsyncDisposable
{
    private static readonly TimeSpan FailureLogInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    // Nobody waits long: a turn is one object, or a capture's references.
    private readonly Lock _turn = new();
    private readonly ZoneWriter _zoneWriter;
    private readonly ILogger _logger;
    private readonly LogBudget _failures;
    private readonly ITimer _departures;
    private bool _isTimerSet;

    public SharedZoneWriter(ZoneWriter writer, TimeProvider time, ILogger logger)
    {
        _zoneWriter = writer;
        _logger = logger;
        _failures = new LogBudget(1, FailureLogInterval, time);
        _departures = time.CreateTimer(
            static state => ((SharedZoneWriter)state!).ReleaseDepartures(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ClusterZone Zone => _zoneWriter.Zone;

    /// <summary>See <see cref="ZoneWriter.Revision"/>.</summary>
    public long Revision
    {
        get
        {
            lock (_turn)
            {
                return _zoneWriter.Revision;
            }
        }
    }

    public void Apply(in ClusterChange change)
    {
        lock (_turn)
        {
            try
            {
                _zoneWriter.Apply(change);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Tell(exception, change);
            }

            SetTimer();
        }
    }

    /// <summary>Nothing is released any more: the zone stays as it is.</summary>
    public ValueTask DisposeAsync() => _departures.DisposeAsync();

    /// <summary>False when the source has told of everything, and nothing more is wanted.</summary>
    public bool TryRestore(ClusterChange change)
    {
        lock (_turn)
        {
            try
            {
                _zoneWriter.Restore(change);
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
            revision = _zoneWriter.Revision;
            return new ZoneCapture(Zone);
        }
    }

    private void ReleaseDepartures()
    {
        lock (_turn)
        {
            _isTimerSet = false;
            try
            {
                _zoneWriter.ReleaseDepartures();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // On a timer's thread it would end the process. The next list of slices does what was left undone.
                Tell(exception, ClusterChange.RelistFinished(ResourceKind.EndpointSlice));
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (!_isTimerSet && _zoneWriter.UntilNextDeparture is { } wait)
        {
            // A tick more: a timer that is early would find nothing due.
            _isTimerSet = _departures.Change((wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + TimerGrain, Timeout.InfiniteTimeSpan);
        }
    }

    // The watch edge: one object that trips us over must not end the following of all others.
    private void Tell(Exception exception, in ClusterChange change)
    {
        if (_failures.TryPass(out var held))
        {
            ClusterLog.ChangeFailed(_logger, exception, change.Action, change.Kind, change.Key, held);
        }
    }
}
