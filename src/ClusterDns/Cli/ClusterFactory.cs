using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace ClusterDns.Cli;

/// <summary>Makes the source that a <c>kubernetes</c> directive asks for, and the cluster around it.</summary>
internal sealed class ClusterFactory(TimeProvider time, ILoggerFactory logging, CollectorRegistry registry)
{
    private readonly ILogger _logger = logging.CreateLogger("plugin/kubernetes");
    private readonly ApiServerMetrics _apiServer = new(registry);
    private readonly KubernetesMetrics _metrics = new(registry);
    private readonly SnapshotMetrics _snapshots = new(registry, time);

    /// <summary>Makes what is told of the talk with an API server; metrics by default.</summary>
    public Func<ApiServerObserver>? Observe { get; init; }

    public WatchMetrics Watches { get; } = new(registry, time);

    /// <exception cref="StartException">The options lead to no API server, or to no manifests.</exception>
    public Cluster Create(ClusterSourceOptions options)
    {
        try
        {
            IClusterSource source = options.ManifestPath is null
                ? ApiServerSource.Open(options, time, _logger, Observe?.Invoke() ?? Watches.Observe(_apiServer))
                : ManifestSource.Open(options, time, _logger);
            return Cluster.Create(options, source, time, _logger, _metrics.ObserveProgramming, _snapshots);
        }
        catch (ClusterSourceException exception)
        {
            throw new StartException($"plugin/kubernetes: {exception.Message}", exception);
        }
    }
}
