namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>
/// A smoothed mean of how long an upstream takes and of how far it strays from that (RFC 6298, 2). Updates that meet may
/// lose one sample, which a mean does not notice.
/// </summary>
internal sealed class LatencyEstimate
{
    private const int MeanShare = 8;
    private const int DeviationShare = 4;
    private const int DeviationsToLate = 4;

    private long _mean;
    private long _deviation;

    /// <summary>The smoothed mean; zero before the first reply.</summary>
    public TimeSpan Mean => TimeSpan.FromTicks(Volatile.Read(ref _mean));

    /// <summary>A reply that takes longer than this is among the slowest few percent.</summary>
    public TimeSpan Late
    {
        get
        {
            var mean = Volatile.Read(ref _mean);
            if (mean == 0)
            {
                return ForwardLimits.FirstHedgeDelay;
            }

            var late = TimeSpan.FromTicks(mean + (DeviationsToLate * Volatile.Read(ref _deviation)));
            return late > ForwardLimits.ShortestHedgeDelay ? late : ForwardLimits.ShortestHedgeDelay;
        }
    }

    public void Add(TimeSpan elapsed)
    {
        var sample = Math.Max(1, elapsed.Ticks);
        var mean = Volatile.Read(ref _mean);
        if (mean == 0)
        {
            Volatile.Write(ref _deviation, sample / 2);
            Volatile.Write(ref _mean, sample);
            return;
        }

        var deviation = Volatile.Read(ref _deviation);
        Volatile.Write(ref _deviation, deviation + ((Math.Abs(sample - mean) - deviation) / DeviationShare));
        Volatile.Write(ref _mean, Math.Max(1, mean + ((sample - mean) / MeanShare)));
    }
}
