using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>What a <c>cache</c> directive says.</summary>
/// <param name="Zones">Names at or below these are looked up.</param>
internal sealed record CacheOptions(IReadOnlyList<DnsName> Zones)
{
    public TableOptions Success { get; init; } =
        new(CacheLimits.DefaultCapacity, CacheLimits.LongestSuccess, CacheLimits.Shortest);

    public TableOptions Denial { get; init; } =
        new(CacheLimits.DefaultCapacity, CacheLimits.LongestDenial, CacheLimits.Shortest);

    public PrefetchOptions Prefetch { get; init; } = PrefetchOptions.None;

    /// <summary>How expired entries are served; null for never.</summary>
    public StaleOptions? Stale { get; init; }

    /// <summary>An answer that may still be served hides a denial that came after it.</summary>
    public bool PrefersPositive { get; init; }

    /// <summary>Time that a server failure is kept; zero for not at all.</summary>
    public TimeSpan ServerFailure { get; init; } = TimeSpan.FromSeconds(CacheLimits.Shortest);

    /// <summary>Zones whose answers are not kept.</summary>
    public IReadOnlyList<DnsName> SuccessDisabled { get; init; } = [];

    /// <summary>Zones whose denials and failures are not kept.</summary>
    public IReadOnlyList<DnsName> DenialDisabled { get; init; } = [];

    /// <summary>A hit has the TTL that was stored, not what is left of it.</summary>
    public bool KeepsTimeToLive { get; init; }
}
