using System.Threading.Channels;
using ClusterDns.Kubernetes.Objects;
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
    private static readonly TimeSpan FailureLogInterval = TimeSpan.FromMinutes(1);

    private readonly IClusterSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ZoneWriter _writer;
    private readonly LogBudget _failures;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ClusterChange> _changes = Channel.CreateBounded<ClusterChange>(
        new BoundedChannelOptions(QueuedChanges) { SingleReader = true });

    private Task _running = Task.CompletedTask;

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
    {
        _source = source;
        _time = time;
        _logger = logger;
        _failures = new LogBudget(1, FailureLogInterval, time);
        _writer = new ZoneWriter(source.Kinds, time, logger, onProgrammed);
    }

    public ClusterZone Zone => _writer.Zone;

    /// <summary>Begins to read the cluster; once.</summary>
    public void Start() => _running = Task.WhenAll(ReadAsync(), WriteAsync());

    /// <summary>True once the zone is synced, false if it is not within the time.</summary>
    public async Task<bool> WaitForSyncAsync(TimeSpan timeout)
    {
        await _synced.Task.WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Zone.IsSynced;
    }

    /// <summary>Ends source and writer; the zone stays as it is and can still be read.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        var ended = _running.WaitAsync(StopTimeout, _time);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ended.Exception?.InnerException is TimeoutException)
        {
            ClusterLog.StopTimedOut(_logger, StopTimeout);
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
            Apply(change);
            if (Zone.IsSynced)
            {
                _synced.TrySetResult();
            }
        }
    }

    private void Apply(in ClusterChange change)
    {
        try
        {
            _writer.Apply(change);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The watch edge: one object that trips us over must not end the following of all others.
            if (_failures.TryPass(out var held))
            {
                ClusterLog.ChangeFailed(_logger, exception, change.Action, change.Kind, change.Key, held);
            }
        }
    }
}
