namespace ClusterDns.Plugins.Loop;

/// <summary>Bounds and times of the search for loops.</summary>
internal static class LoopLimits
{
    /// <summary>Questions that are out at once, one for each upstream; upstreams beyond are not asked.</summary>
    public const int MostProbes = 256;

    /// <summary>A probe's wait for an answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>From a failed probe to the next one.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>So long a probe is tried again; CoreDNS's number.</summary>
    public static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(30);

    /// <summary>How often all upstreams are asked again: loops begin and end without us.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(3);
}
