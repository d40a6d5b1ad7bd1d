using System.Numerics;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>Buckets of durations: 250 microseconds and 15 doublings, as for CoreDNS, in ticks of the server's clock.</summary>
internal sealed class TimeBuckets(TimeProvider time)
{
    /// <summary>Buckets, the one without an upper bound included.</summary>
    public const int Count = Bounded + 1;

    private const int Bounded = 16;
    private const double FirstSeconds = 0.00025;
    private const int FirstPerSecond = 4000;

    private readonly long _first = time.TimestampFrequency / FirstPerSecond;

    /// <summary>Seconds of one tick.</summary>
    public double TickSeconds { get; } = 1.0 / time.TimestampFrequency;

    public static double[] UpperBounds => [.. Enumerable.Range(0, Bounded).Select(i => FirstSeconds * (1 << i))];

    public int IndexOf(long ticks) =>
        ticks <= _first ? 0 : Math.Min(Bounded, BitOperations.Log2((ulong)((ticks - 1) / _first)) + 1);
}
