using Prometheus;

namespace ClusterDns.Plugins.Cache;

/// <summary>The <c>coredns_cache_*</c> metrics, with CoreDNS's names and labels.</summary>
internal sealed class CacheFamilies
{
    public const string Success = "success";
    public const string Denial = "denial";

    private readonly Counter _requests;
    private readonly Counter _hits;
    private readonly Counter _misses;
    private readonly Counter _prefetches;
    private readonly Counter _drops;
    private readonly Counter _servedStale;

    public CacheFamilies(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        string[] labels = ["server", "zones", "view"];
        string[] typed = ["server", "type", "zones", "view"];
        Entries = factory.CreateGauge("coredns_cache_entries", "Replies in the cache.", typed);
        Evictions = factory.CreateCounter("coredns_cache_evictions_total", "Replies that had to make room.", typed);
        _requests = factory.CreateCounter("coredns_cache_requests_total", "Queries looked up.", labels);
        _hits = factory.CreateCounter("coredns_cache_hits_total", "Queries answered from the cache.", typed);
        _misses = factory.CreateCounter("coredns_cache_misses_total", "Queries that the cache had no answer to.", labels);
        _prefetches = factory.CreateCounter(
            "coredns_cache_prefetch_total", "Replies asked for again in the background.", labels);
        _drops = factory.CreateCounter("coredns_cache_drops_total", "Replies that could not be kept.", labels);
        _servedStale = factory.CreateCounter(
            "coredns_cache_served_stale_total", "Queries answered from the cache after the TTL was over.", labels);
    }

    public Gauge Entries { get; }

    public Counter Evictions { get; }

    public Counter.Child ChildOf(CacheCount what, string server, string zones, string view) => what switch
    {
        CacheCount.Requests => _requests.WithLabels(server, zones, view),
        CacheCount.SuccessHits => _hits.WithLabels(server, Success, zones, view),
        CacheCount.DenialHits => _hits.WithLabels(server, Denial, zones, view),
        CacheCount.Misses => _misses.WithLabels(server, zones, view),
        CacheCount.Prefetches => _prefetches.WithLabels(server, zones, view),
        CacheCount.Drops => _drops.WithLabels(server, zones, view),
        _ => _servedStale.WithLabels(server, zones, view),
    };
}
