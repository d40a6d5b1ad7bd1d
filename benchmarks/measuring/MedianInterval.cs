namespace ClusterDns.Measuring;

/// <summary>
/// The median of some rounds, and what is known of the median that endless rounds would have. Each round is under that one or
/// over it like a coin falls, whatever the distribution, so that a stall of the machine moves the ends by one rank at most.
/// </summary>
internal sealed class MedianInterval
{
    /// <summary>How often at least the interval holds the median of endless rounds.</summary>
    public const double Confidence = 0.95;

    /// <summary>Five coins fall alike once in 16 times, which is too often to say anything.</summary>
    public const int FewestValues = 6;

    /// <summary>Up to here half to the power of the number is a number.</summary>
    private const int MostValues = 1000;

    /// <param name="values">At most 1,000, and one at least.</param>
    public MedianInterval(IEnumerable<double> values)
    {
        var sorted = new Quantiles(values);
        var count = sorted.Count;
        ArgumentOutOfRangeException.ThrowIfZero(count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostValues, nameof(values));
        Median = (sorted.Ranked((count + 1) / 2) + sorted.Ranked((count / 2) + 1)) / 2;
        var rank = RankOfLow(count);
        Low = rank > 0 ? sorted.Ranked(rank) : double.NegativeInfinity;
        High = rank > 0 ? sorted.Ranked(count + 1 - rank) : double.PositiveInfinity;
    }

    /// <summary>Between the two in the middle where their number is even.</summary>
    public double Median { get; }

    /// <summary>False with fewer than <see cref="FewestValues"/>, whose ends are infinite, and where a ratio to nothing is an end.</summary>
    public bool IsKnown => double.IsFinite(Low) && double.IsFinite(High);

    public double Low { get; }

    public double High { get; }

    /// <summary>How far from the value the far end is: the smallest claim "within so much of it" that was shown.</summary>
    public double FarthestFrom(double value) => Math.Max(Math.Abs(Low - value), Math.Abs(High - value));

    // The highest rank r such that of so many coins fewer than r show heads, or fewer than r tails, in 5 % of all throws at most.
    private static int RankOfLow(int count)
    {
        var exactly = Math.Pow(0.5, count);
        var fewer = exactly;
        var rank = 0;
        while (2 * fewer <= 1 - Confidence)
        {
            rank++;
            exactly *= (count - rank + 1d) / rank;
            fewer += exactly;
        }

        return rank;
    }
}
