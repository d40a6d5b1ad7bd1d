namespace ClusterDns.Transport.Upstream;

/// <summary>
/// How long an attempt to connect may take: twice the average of those before, between
/// <see cref="UpstreamOptions.ShortestDialTimeout"/> and <see cref="UpstreamOptions.LongestDialTimeout"/>.
/// </summary>
internal sealed class DialTimeout
{
    /// <summary>An attempt moves the average by this part of the difference.</summary>
    private const int Weight = 4;

    private long _average = UpstreamOptions.LongestDialTimeout.Ticks / 2;

    public TimeSpan Current => TimeSpan.FromTicks(Math.Clamp(
        Volatile.Read(ref _average) * 2,
        UpstreamOptions.ShortestDialTimeout.Ticks,
        UpstreamOptions.LongestDialTimeout.Ticks));

    /// <summary>After an attempt, whatever came of it. Two at once may lose one of them.</summary>
    public void Took(TimeSpan time)
    {
        var average = Volatile.Read(ref _average);
        Volatile.Write(ref _average, average + ((time.Ticks - average) / Weight));
    }
}
