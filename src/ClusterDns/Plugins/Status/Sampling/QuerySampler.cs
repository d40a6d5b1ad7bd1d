using ClusterDns.Plugins.Prometheus;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Status.Sampling;

/// <summary>Turns counters that only grow into what happened since the last time. One caller at a time.</summary>
internal sealed class QuerySampler(IReadOnlyList<QueryMetrics> metrics, TimeProvider time)
{
    private const double HalfOfThem = 0.5;
    private const double NearlyAll = 0.99;
    private const double MicrosecondsPerSecond = 1e6;

    private QueryTotals _last = new();
    private long _lastAt;

    /// <summary>What was counted before is no part of the first sample.</summary>
    public void Begin()
    {
        _last = Read();
        _lastAt = time.GetTimestamp();
    }

    public QuerySample Take()
    {
        var totals = Read();
        var now = time.GetTimestamp();
        var durations = Difference(totals.Durations, _last.Durations);
        var codes = Difference(totals.Codes, _last.Codes);
        var milliseconds = Math.Max(1, (int)time.GetElapsedTime(_lastAt, now).TotalMilliseconds);
        (_last, _lastAt) = (totals, now);
        int noError = Count(ResponseCode.NoError),
            nameError = Count(ResponseCode.NameError),
            serverFailure = Count(ResponseCode.ServerFailure),
            refused = Count(ResponseCode.Refused);
        return new QuerySample(
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            milliseconds,
            Quantile(durations, HalfOfThem),
            Quantile(durations, NearlyAll),
            noError,
            nameError,
            serverFailure,
            refused,
            (int)codes.Sum() - noError - nameError - serverFailure - refused);

        int Count(ResponseCode code) => (int)codes[(int)code];
    }

    /// <summary>
    /// Microseconds, taken evenly within a bucket as Prometheus does; where the last bucket has no end, its beginning.
    /// </summary>
    public static int Quantile(ReadOnlySpan<long> buckets, double share)
    {
        var all = 0L;
        foreach (var count in buckets)
        {
            all += count;
        }

        var rank = all * share;
        var bounds = TimeBuckets.UpperBounds;
        var below = 0L;
        for (var i = 0; i < bounds.Length && all > 0; i++)
        {
            if (below + buckets[i] >= rank)
            {
                var lower = i == 0 ? 0 : bounds[i - 1];
                var seconds = lower + ((bounds[i] - lower) * (rank - below) / Math.Max(1, buckets[i]));
                return (int)Math.Round(seconds * MicrosecondsPerSecond);
            }

            below += buckets[i];
        }

        return all == 0 ? 0 : (int)(bounds[^1] * MicrosecondsPerSecond);
    }

    private QueryTotals Read()
    {
        var totals = new QueryTotals();
        foreach (var series in metrics.SelectMany(counts => counts.Series))
        {
            series.AddTo(totals);
        }

        return totals;
    }

    private static long[] Difference(long[] now, long[] before) => [.. now.Zip(before, (a, b) => Math.Max(0, a - b))];
}
