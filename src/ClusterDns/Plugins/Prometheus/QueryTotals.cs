namespace ClusterDns.Plugins.Prometheus;

/// <summary>Queries since the start, added up over threads and series. Reads of one moment differ by what came meanwhile.</summary>
internal sealed class QueryTotals
{
    /// <summary>By duration, in the buckets of <see cref="TimeBuckets"/>: each query once.</summary>
    public long[] Durations { get; } = new long[TimeBuckets.Count];

    /// <summary>By rcode; the last one stands for all that have no counter of their own.</summary>
    public long[] Codes { get; } = new long[TallyLayout.ResponseCodes];

    public long Queries => Durations.Sum();
}
