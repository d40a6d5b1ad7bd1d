namespace ClusterDns.Plugins.Prometheus;

/// <summary>Buckets of message sizes, in octets: CoreDNS's, so that recording rules keep their <c>le</c> labels.</summary>
internal static class SizeBuckets
{
    /// <summary>Buckets, the one without an upper bound included.</summary>
    public const int Count = 15;

    private static readonly int[] Bounds = [0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16000, 32000, 48000, 64000];

    public static double[] UpperBounds => [.. Bounds.Select(bound => (double)bound)];

    public static int IndexOf(int size)
    {
        var index = 0;
        while (index < Bounds.Length && size > Bounds[index])
        {
            index++;
        }

        return index;
    }
}
