using System.Threading.Channels;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching.Connection;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>The cluster as its API server tells it: one list-then-watch loop for each kind, over one connection.</summary>
public sealed class ApiServerSource : IClusterSource, IDisposable
{
    private readonly ClusterSourceOptions _options;
    private readonly WatchLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ApiServerObserver _observer;
    private readonly ApiServerConnection _connection;
    private readonly ApiServerClient _client;

    private ApiServerSource(
        ClusterSourceOptions options,
        ApiServerConnection connection,
        WatchLimits limits,
        TimeProvider time,
        ILogger logger,
        ApiServerObserver observer)
    {
        _options = options;
        _limits = limits;
        _time = time;
        _logger = logger;
        _observer = observer;
        _connection = connection;
        var throttle = new RequestThrottle(options.MaxRequestsPerSecond, options.RequestBurst, time);
        _client = new ApiServerClient(connection, throttle, limits, time, observer);
        observer.Opened(connection.Host);
        Kinds = KindsOf(options);
    }

    /// <summary>
    /// With <see cref="EndpointSource.Auto"/> only slices are named here; Endpoints come in their stead, and an empty list
    /// of slices with them, from a server that knows none.
    /// </summary>
    public IReadOnlyList<ResourceKind> Kinds { get; }

    /// <summary>Sets up the connection, without using it yet.</summary>
    /// <exception cref="ClusterSourceException">The options lead to no API server.</exception>
    public static ApiServerSource Open(ClusterSourceOptions options, TimeProvider time, ILogger logger, ApiServerObserver? observer = null) =>
        Open(options, InClusterAccess.FromProcess(), new WatchLimits(), time, logger, observer);

    internal static ApiServerSource Open(
        ClusterSourceOptions options,
        InClusterAccess access,
        WatchLimits limits,
        TimeProvider time,
        ILogger logger,
        ApiServerObserver? observer = null)
    {
        var connection = ApiServerConnection.Open(options, access, limits, time);
        return new ApiServerSource(options, connection, limits, time, logger, observer ?? ApiServerObserver.None);
    }

    public Task RunAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation) =>
        Task.WhenAll(Kinds.Select(kind => FollowAsync(kind, changes, cancellation)));

    private Task FollowAsync(ResourceKind kind, ChannelWriter<ClusterChange> changes, CancellationToken cancellation)
    {
        if (kind == ResourceKind.EndpointSlice && _options.EndpointSource == EndpointSource.Auto)
        {
            return new EndpointWatch(Create, changes, _limits.SliceRecheck, _time, _logger).RunAsync(cancellation);
        }

        return Create(kind, static _ => ValueTask.CompletedTask).RunAsync(endsWhenMissing: false, cancellation);

        KindWatch Create(ResourceKind wanted, Func<CancellationToken, ValueTask> afterList) => CreateWatch(wanted, changes, afterList);
    }

    private KindWatch CreateWatch(ResourceKind kind, ChannelWriter<ClusterChange> changes, Func<CancellationToken, ValueTask> afterList)
    {
        var target = ResourceTarget.Of(kind, _options);
        var reader = ObjectReader.Create(kind, new ObjectReaderOptions { KeepPodNames = _options.KeepPodNames });
        var context = new KindContext(
            target,
            _client,
            reader,
            new ChangeFeed(target, changes, afterList, _limits, _time, _logger),
            new TroubleReport(target, _limits, _time, _logger),
            _limits,
            _time,
            _observer);
        return new KindWatch(context, _logger);
    }

    private static List<ResourceKind> KindsOf(ClusterSourceOptions options)
    {
        var kinds = new List<ResourceKind> { ResourceKind.Namespace, ResourceKind.Service };
        if (options.EndpointSource != EndpointSource.None)
        {
            kinds.Add(options.EndpointSource == EndpointSource.Endpoints ? ResourceKind.Endpoints : ResourceKind.EndpointSlice);
        }

        if (options.WatchPods)
        {
            kinds.Add(ResourceKind.Pod);
        }

        return kinds;
    }

    public void Dispose() => _connection.Dispose();
}
