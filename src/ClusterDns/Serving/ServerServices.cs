using ClusterDns.Operations;
using ClusterDns.Operations.Bounds;
using ClusterDns.Plugins.Cache;
using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Status;
using ClusterDns.Plugins.Top;
using ClusterDns.Plugins.Transfer;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace ClusterDns.Serving;

/// <summary>What every part of one server is handed; nothing of it is static, so two servers fit in one process.</summary>
internal sealed record ServerServices
{
    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Logging { get; init; }

    /// <summary>Where all metrics of this server live, scraped or not.</summary>
    public required CollectorRegistry Registry { get; init; }

    /// <summary>Counters of the whole server in <see cref="Registry"/>, made when first asked for.</summary>
    public ServerMetrics Metrics =>
        LazyInitializer.EnsureInitialized(ref field, () => new ServerMetrics(Registry, Time, Bounds));

    /// <summary>Who asks most and what for, as far as blocks have <c>top</c>; made when first asked for.</summary>
    public TopTalkers TopTalkers =>
        LazyInitializer.EnsureInitialized(ref field, () => new TopTalkers(Registry, Time, Environment.ProcessorCount));

    /// <summary>Standard output for query logs, in batches and without blocking.</summary>
    public required LogOutput LogOutput { get; init; }

    /// <summary>Whether debug lines are logged; held by configurations with the <c>debug</c> directive.</summary>
    public DebugSwitch Debug { get; init; } = new();

    /// <summary>Clusters being watched, shared between directives with equal options and kept across reloads.</summary>
    public required ClusterDirectory Clusters { get; init; }

    /// <summary>How API servers are followed; null where none ever is.</summary>
    public WatchMetrics? Watches { get; init; }

    /// <summary>How much this server may have of what grows.</summary>
    public ServerBounds Bounds { get; init; } = ServerBounds.For(null);

    /// <summary>Memory that all caches of this server share.</summary>
    public CacheBudget CacheBudget =>
        LazyInitializer.EnsureInitialized(ref field, () => new CacheBudget(Bounds.CacheOctets));

    /// <summary>Lets queries in to all <c>forward</c> directives that name no bound of their own.</summary>
    public QueryAdmission ForwardAdmission =>
        LazyInitializer.EnsureInitialized(ref field, () => new QueryAdmission(Bounds.UpstreamQueries));

    /// <summary>Caches of all blocks, kept across reloads.</summary>
    public CacheDirectory Caches => LazyInitializer.EnsureInitialized(
        ref field, () => new CacheDirectory(Registry, Time, CacheBudget, Logging.CreateLogger("plugin/cache")));

    /// <summary>Queries between uses, for plugins that ask one of their own.</summary>
    public required QueryPool Queries { get; init; }

    /// <summary>Asks the whole server a question of our own, to follow a CNAME out of a zone.</summary>
    public ServerLookup Lookup => LazyInitializer.EnsureInitialized(ref field, () => new ServerLookup(Queries));

    /// <summary>Lets transfers of zones begin, over all blocks and across reloads.</summary>
    public TransferSlots Transfers => LazyInitializer.EnsureInitialized(ref field, () => new TransferSlots());

    /// <summary>What the pages of <c>status</c> show, kept across reloads.</summary>
    public StatusBoard Status => LazyInitializer.EnsureInitialized(ref field, () => new StatusBoard(this));

    /// <summary>The port of keys that name none: 53 unless <c>-dns.port</c> says otherwise.</summary>
    public int DefaultPort { get; init; } = 53;

    /// <summary>Manifests that stand in for an API server; null to ask one.</summary>
    public string? ManifestPath { get; init; }
}
