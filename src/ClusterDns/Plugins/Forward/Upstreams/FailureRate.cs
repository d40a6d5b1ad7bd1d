namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>
/// The smoothed share of questions that an upstream failed. It halves by itself while nobody asks, so that an upstream
/// that got better is tried again. Updates that meet may lose one sample.
/// </summary>
internal sealed class FailureRate(TimeProvider time)
{
    private const int Share = 8;
    private const double High = 0.4;
    private const double Negligible = 0.001;

    private static readonly TimeSpan HalfLife = TimeSpan.FromSeconds(10);

    private double _rate;
    private long _updated;

    /// <summary>Four failures in a row, or about two in five.</summary>
    public bool IsHigh => Current > High;

    private double Current
    {
        get
        {
            // Nearly always zero, and then no clock is read.
            var rate = Volatile.Read(ref _rate);
            return rate == 0 ? 0 : rate * Math.Pow(0.5, time.GetElapsedTime(Volatile.Read(ref _updated)) / HalfLife);
        }
    }

    public void Add(bool isFailure)
    {
        var rate = Current;
        if (rate == 0 && !isFailure)
        {
            return;
        }

        rate += ((isFailure ? 1 : 0) - rate) / Share;
        Volatile.Write(ref _updated, time.GetTimestamp());
        Volatile.Write(ref _rate, rate > Negligible ? rate : 0);
    }
}
