namespace ClusterDns.Plugins.Cache;

/// <summary>How expired entries are served (RFC 8767).</summary>
/// <param name="For">How long after it expired an entry may be served.</param>
/// <param name="Verifies">Asks first and serves the entry only when that fails; otherwise the other way round.</param>
/// <param name="Timeout">How long a client waits for that; zero for as long as it takes.</param>
/// <param name="TimeToLive">TTL of what is served, in seconds.</param>
/// <param name="Recheck">Time after a failure in which it is not asked for again.</param>
internal sealed record StaleOptions(
    TimeSpan For,
    bool Verifies,
    TimeSpan Timeout,
    uint TimeToLive,
    TimeSpan Recheck)
{
    public static readonly TimeSpan DefaultFor = TimeSpan.FromHours(1);
}
