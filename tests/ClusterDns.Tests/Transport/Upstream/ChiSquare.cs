namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>How far counts in sixteen equal buckets are from what chance gives: about 15 by chance, more when guessable.</summary>
internal static class ChiSquare
{
    /// <summary>Chance exceeds this once in ten million times, at fifteen degrees of freedom.</summary>
    public const double Limit = 63;

    private const int Buckets = 16;

    /// <param name="values">Numbers from 0 to <paramref name="range"/> - 1.</param>
    /// <param name="range">How many different ones there are.</param>
    public static double Of(IReadOnlyList<int> values, int range)
    {
        var counts = new int[Buckets];
        foreach (var value in values)
        {
            counts[(long)value * Buckets / range]++;
        }

        var expected = (double)values.Count / Buckets;
        return counts.Sum(count => (count - expected) * (count - expected) / expected);
    }

    /// <summary>The same for the steps from one value to the next, which a counter cannot hide.</summary>
    public static double OfSteps(IReadOnlyList<int> values, int range) =>
        Of([.. values.Zip(values.Skip(1), (one, next) => (next - one + range) % range)], range);

    /// <summary>
    /// How many standard deviations the counts in so many equal buckets are from what chance gives (Wilson and Hilferty's
    /// approximation): positive when they are too uneven, negative when they are too even. Chance exceeds
    /// <see cref="MostDeviations"/> once in fifty million times.
    /// </summary>
    /// <param name="buckets">The bucket of each value, from 0 to <paramref name="count"/> - 1.</param>
    /// <param name="count">Buckets.</param>
    public static double Deviations(IEnumerable<int> buckets, int count)
    {
        var counts = new int[count];
        var total = 0;
        foreach (var bucket in buckets)
        {
            counts[bucket]++;
            total++;
        }

        var expected = (double)total / count;
        var statistic = counts.Sum(found => (found - expected) * (found - expected) / expected);
        double freedom = count - 1;
        var spread = 2 / (9 * freedom);
        return (Math.Cbrt(statistic / freedom) - (1 - spread)) / Math.Sqrt(spread);
    }

    /// <summary>The limit of <see cref="Deviations"/>, in both directions.</summary>
    public const double MostDeviations = 5.6;
}
