using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>The cache was looked at and had a reply; without this step it had none, or did not look.</summary>
/// <param name="Code">The rcode of what it has.</param>
/// <param name="TimeToLive">Of the records when they were kept, in seconds.</param>
/// <param name="Remaining">Until the reply is stale; negative where it is.</param>
internal sealed record CacheStep(ResponseCode Code, TimeSpan TimeToLive, TimeSpan Remaining) : TraceStep
{
    public bool IsStale => Remaining <= TimeSpan.Zero;

    /// <summary>Since the reply was kept.</summary>
    public TimeSpan Age => TimeToLive - Remaining;
}
