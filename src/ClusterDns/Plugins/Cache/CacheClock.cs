namespace ClusterDns.Plugins.Cache;

/// <summary>Time in ticks of the server's clock, which never goes back.</summary>
internal sealed class CacheClock(TimeProvider time)
{
    /// <summary>Ticks of one second.</summary>
    public long Second { get; } = time.TimestampFrequency;

    public long Now => time.GetTimestamp();

    /// <summary>Wall-clock time, for what carries dates.</summary>
    public long UnixSeconds => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Ticks of a time of at most some days.</summary>
    public long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * Second);
}
