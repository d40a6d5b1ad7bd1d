namespace ClusterDns.Plugins.Cache;

/// <summary>Which entries are asked for again before they expire.</summary>
/// <param name="Amount">Hits that make an entry popular; zero turns prefetching off.</param>
/// <param name="Gap">A gap of this length between two hits starts the count again.</param>
/// <param name="Percentage">What is left of the TTL when an entry is asked for again.</param>
internal sealed record PrefetchOptions(int Amount, TimeSpan Gap, int Percentage)
{
    public static readonly PrefetchOptions None = new(0, TimeSpan.FromMinutes(1), 10);

    /// <summary>Seconds left of a TTL at which an entry is asked for again, rounded up.</summary>
    public uint Threshold(uint timeToLive) => (uint)((((ulong)timeToLive * (uint)Percentage) + 99) / 100);
}
