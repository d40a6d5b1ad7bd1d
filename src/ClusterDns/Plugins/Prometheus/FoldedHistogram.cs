using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// Gives a histogram what was counted elsewhere since the last time: for each bucket its observations at once, at their
/// mean, which lies in the bucket; so buckets are exact and the sum is exact to rounding.
/// </summary>
internal sealed class FoldedHistogram(IHistogram histogram, double[] upperBounds)
{
    private readonly long[] _counts = new long[upperBounds.Length + 1];
    private readonly double[] _sums = new double[upperBounds.Length + 1];

    /// <param name="buckets">Count and sum of each bucket, since the start.</param>
    /// <param name="unit">What a sum is counted in.</param>
    public void Fold(ReadOnlySpan<long> buckets, double unit)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            var count = buckets[2 * i] - _counts[i];
            if (count <= 0)
            {
                continue;
            }

            // Count and sum are read while they grow, so the mean may be a little off: it is kept inside its bucket.
            var mean = ((buckets[(2 * i) + 1] * unit) - _sums[i]) / count;
            var lowest = i == 0 ? 0 : Math.BitIncrement(upperBounds[i - 1]);
            var highest = i < upperBounds.Length ? upperBounds[i] : double.MaxValue;
            mean = Math.Clamp(mean, lowest, highest);
            histogram.Observe(mean, count);
            _counts[i] += count;
            _sums[i] += mean * count;
        }
    }
}
