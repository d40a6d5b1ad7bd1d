using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>Latency of one server with one mix, at a rate that all of them bear; in seconds.</summary>
internal sealed class PacedLatency
{
    private const double Percentile99 = 0.99;
    private const double Permille999 = 0.999;

    /// <param name="rate">Queries a second that were asked.</param>
    /// <param name="rounds">For each round what each answer took.</param>
    public PacedLatency(double rate, IReadOnlyCollection<double[]> rounds)
    {
        Rate = rate;
        P99 = new MedianInterval(rounds.Select(round => new Quantiles(round).At(Percentile99)));
        var pooled = new Quantiles(rounds.SelectMany(round => round));
        PooledMedian = pooled.Median;
        PooledP99 = pooled.At(Percentile99);
        PooledP999 = pooled.At(Permille999);
    }

    public double Rate { get; }

    /// <summary>
    /// The median of what the rounds had for their 99th percentile. A stall of the machine of 30 ms is 3 % of a round of 1 s and
    /// makes all of that round's p99; among many rounds it makes one value.
    /// </summary>
    public MedianInterval P99 { get; }

    public double PooledMedian { get; }

    /// <summary>Of all answers of all rounds: what the stalls did is in it.</summary>
    public double PooledP99 { get; }

    public double PooledP999 { get; }
}
