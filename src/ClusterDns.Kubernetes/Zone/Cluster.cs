using System.Threading.Channels;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Snapshots;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// One cluster: a source, the zone made from it, and the one loop that writes the zone. Whatever happens to the source,
/// the zone keeps what it has.
/// </summary>
public sealed class Cluster
{
    /// <summary>Changes that wait for the writer; a source that is faster waits too.</summary>
    private const int QueuedChanges = 1024;

    private static readonly TimeSpan SourceRestartDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly IClusterSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SharedZoneWriter _writer;
    private readonly SnapshotKeeper? _snapshots;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ClusterChange> _changes = Channel.CreateBounded<ClusterChange>(
        new BoundedChannelOptions(QueuedChanges) { SingleReader = true });

    private Action<ClusterChange>? _observer;
    private long _lists;
    private Task _running = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;

    /// <param name="source">Where objects come from.</param>
    /// <param name="time">Gives the serial and the delays.</param>
    /// <param name="logger">Is told of objects that cannot be served and of what goes wrong.</param>
    /// <param name="onProgrammed">
    /// Told of each slice event of a known Service how long after its cause it was served; called by the writer's loop.
    /// </param>
    public Cluster(
        IClusterSource source,
        TimeProvider time,
        ILogger logger,
        Action<ServiceKind, TimeSpan>? onProgrammed = null)
        : this(source, time, logger, onProgrammed, snapshots: null)
    {
    }

    /// <param name="source">Where objects come from.</param>
    /// <param name="time">As above.</param>
    /// <param name="logger">As above, and of snapshots.</param>
    /// <param name="onProgrammed">As above.</param>
    /// <param name="snapshots">Makes a snapshot's keeper; null keeps none.</param>
    internal Cluster(
        IClusterSource source,
        TimeProvider time,
        ILogger logger,
        Action<ServiceKind, TimeSpan>? onProgrammed,
        Func<SharedZoneWriter, SnapshotKeeper>? snapshots)
    {
        _source = source;
        _time = time;
        _logger = logger;
        _writer = new SharedZoneWriter(new ZoneWriter(source.Kinds, time, logger, onProgrammed, Departures.UsualGrace), time, logger);
        _snapshots = snapshots?.Invoke(_writer);
    }

    public ClusterZone Zone => _writer.Zone;

    /// <summary>Is told of each change right after it was served, by the writer's loop; must be quick and not throw.</summary>
    public Action<ClusterChange>? Observer
    {
        get => Volatile.Read(ref _observer);
        set => Volatile.Write(ref _observer, value);
    }

    /// <summary>Whole lists of one kind that the zone has taken in.</summary>
    public long Lists => Volatile.Read(ref _lists);

    /// <summary>Completes when every kind has been listed once; never if that does not happen.</summary>
    public Task Synced => _synced.Task;

    /// <summary>As above, with snapshots of its names where the options ask for them.</summary>
    public static Cluster Create(
        ClusterSourceOptions options,
        IClusterSource source,
        TimeProvider time,
        ILogger logger,
        Action<ServiceKind, TimeSpan> onProgrammed,
        SnapshotObserver observer)
    {
        if (options.Snapshot is not { } snapshot)
        {
            return new Cluster(source, time, logger, onProgrammed);
        }

        var limits = new SnapshotLimits();
        var store = new SnapshotStore(snapshot, SourceFingerprint.Of(options), limits, time, logger, observer);
        return new Cluster(
            source,
            time,
            logger,
            onProgrammed,
            writer => new SnapshotKeeper(snapshot, store, writer, limits, time, logger, observer));
    }

    /// <summary>Begins to read the cluster; once.</summary>
    public void Start()
    {
        _running = Task.WhenAll(ReadAsync(), WriteAsync());
        _keeping = _snapshots?.RunAsync(_synced.Task, () => _serving.TrySetResult(), _stopping.Token) ?? Task.CompletedTask;
    }

    /// <summary>
    /// True once the zone is synced, or has a whole snapshot to serve from; false if neither is so within the time.
    /// </summary>
    public async Task<bool> WaitForSyncAsync(TimeSpan timeout)
    {
        await _serving.Task.WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Zone.IsServing;
    }

    /// <summary>Ends source and writer; the zone stays as it is and can still be read.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        var ended = Task.WhenAll(_running, _keeping).WaitAsync(StopTimeout, _time);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _writer.DisposeAsync().ConfigureAwait(false);
        if (ended.Exception?.InnerException is TimeoutException)
        {
            ClusterLog.StopTimedOut(_logger, StopTimeout);
        }
        else if (_snapshots is not null)
        {
            await _snapshots.FinishAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadAsync()
    {
        // A source may do much before its first await; Start's caller shall not wait for it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _source.RunAsync(_changes.Writer, _stopping.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                // The watch edge: of whatever a source died, what it has told is still worth serving.
                ClusterLog.SourceFailed(_logger, exception, SourceRestartDelay);
            }

            await Task.Delay(SourceRestartDelay, _time, _stopping.Token).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await foreach (var change in _changes.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
        {
            _writer.Apply(change);
            Observer?.Invoke(change);
            if (change.Action == ClusterAction.RelistFinished)
            {
                Volatile.Write(ref _lists, _lists + 1);
            }

            if (Zone.IsSynced)
            {
                _synced.TrySetResult();
                _serving.TrySetResult();
            }
        }
    }
}
