using ClusterDns.Kubernetes.Zone;
using ClusterDns.Operations;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Status.Feed;
using ClusterDns.Plugins.Status.Sampling;
using ClusterDns.Plugins.Status.State;
using ClusterDns.Plugins.Status.Tail;
using ClusterDns.Serving;
using Prometheus;

namespace ClusterDns.Plugins.Status;

/// <summary>
/// What the status pages of one server show. Does nothing until a configuration with <c>status</c> starts, and nothing
/// after the last one has stopped; between two of them, samples and changes are kept.
/// </summary>
internal sealed class StatusBoard
{
    private readonly Lock _changing = new();
    private readonly PeriodicWork _work;
    private readonly QuerySampler _sampler;
    private readonly List<(ConfigurationSetup Configuration, int Uses)> _configurations = [];
    private CancellationTokenSource? _stop;
    private Task _sampling = Task.CompletedTask;
    private TaskCompletionSource _tick = NewTick();
    private byte[] _state = [];

    public StatusBoard(ServerServices services)
    {
        Services = services;
        Queries = new QueryMetrics(Metrics.NewCustomRegistry(), services.Time, services.Metrics.Series);
        Changes = new ZoneFeed(services.Time);
        Tail = new QueryTail(services.Time);
        _sampler = new QuerySampler([services.Metrics.Queries, Queries], services.Time);
        _work = new PeriodicWork("a sample for the status page", services.Logging.CreateLogger("plugin/status"), services.Time);
        Debug = new DebugHold(services.Debug);
        StartedAt = services.Time.GetUtcNow();
    }

    public ServerServices Services { get; }

    /// <summary>Counts queries of blocks that have no <c>prometheus</c>. Nothing of it is exported.</summary>
    public QueryMetrics Queries { get; }

    public ZoneFeed Changes { get; }

    public QueryTail Tail { get; }

    public StreamPlaces Streams { get; } = new(StatusLimits.Streams);

    /// <summary>Taken by whoever walks a cache or a zone, or a few of them.</summary>
    public SemaphoreSlim Walks { get; } = new(StatusLimits.Walks);

    public DebugHold Debug { get; }

    public SampleRing Samples { get; } = new(StatusLimits.Samples);

    public DateTimeOffset StartedAt { get; }

    /// <summary>Everything but samples and changes, as it was at the last tick: one JSON object.</summary>
    public ReadOnlyMemory<byte> State => Volatile.Read(ref _state);

    /// <summary>Completes when there is another sample.</summary>
    public Task NextTick => Volatile.Read(ref _tick).Task;

    /// <summary>Shows a configuration that starts, instead of the one before.</summary>
    public void Acquire(ConfigurationSetup configuration)
    {
        lock (_changing)
        {
            var index = _configurations.FindIndex(known => known.Configuration == configuration);
            var uses = index < 0 ? 0 : _configurations[index].Uses;
            _configurations.RemoveAll(known => known.Configuration == configuration);
            _configurations.Add((configuration, uses + 1));
            foreach (var cluster in Services.Clusters.Clusters)
            {
                cluster.Observer ??= new ClusterListener(Changes, !cluster.Zone.IsSynced).Note;
            }

            if (_stop is null)
            {
                _stop = new CancellationTokenSource();
                _sampler.Begin();
                _sampling = _work.RunAsync(StatusLimits.Interval, TakeSampleAsync, _stop.Token);
            }

            Volatile.Write(ref _state, StateJson.Write(this, configuration));
        }
    }

    public async Task ReleaseAsync(ConfigurationSetup configuration)
    {
        CancellationTokenSource? stop = null;
        lock (_changing)
        {
            var index = _configurations.FindIndex(known => known.Configuration == configuration);
            if (index < 0)
            {
                return;
            }

            var uses = _configurations[index].Uses - 1;
            _configurations.RemoveAt(index);
            if (uses > 0)
            {
                _configurations.Insert(index, (configuration, uses));
            }

            if (_configurations.Count == 0)
            {
                (stop, _stop) = (_stop, null);
                Array.ForEach<Cluster>([.. Services.Clusters.Clusters], cluster => cluster.Observer = null);
            }
        }

        if (stop is not null)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await _sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Debug.Set(isOn: false);
            Tick();
            stop.Dispose();
        }
    }

    /// <summary>Whether a configuration with <c>status</c> serves; a page that is open ends otherwise.</summary>
    public bool IsActive
    {
        get
        {
            lock (_changing)
            {
                return _configurations.Count > 0;
            }
        }
    }

    /// <summary>The configuration that is shown; null when there is none.</summary>
    public ConfigurationSetup? Configuration
    {
        get
        {
            lock (_changing)
            {
                return _configurations.Count > 0 ? _configurations[^1].Configuration : null;
            }
        }
    }

    private Task TakeSampleAsync(CancellationToken stop)
    {
        Samples.Add(_sampler.Take());
        if (Configuration is { } configuration)
        {
            Volatile.Write(ref _state, StateJson.Write(this, configuration));
        }

        Tick();
        return Task.CompletedTask;
    }

    private void Tick() => Interlocked.Exchange(ref _tick, NewTick()).TrySetResult();

    private static TaskCompletionSource NewTick() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
