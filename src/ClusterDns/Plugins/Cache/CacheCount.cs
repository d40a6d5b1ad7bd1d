namespace ClusterDns.Plugins.Cache;

/// <summary>What is counted query by query.</summary>
internal enum CacheCount
{
    Requests,
    SuccessHits,
    DenialHits,
    Misses,
    Prefetches,
    Drops,
    ServedStale,
}
