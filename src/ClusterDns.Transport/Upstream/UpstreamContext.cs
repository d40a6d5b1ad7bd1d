using Microsoft.Extensions.Logging;

namespace ClusterDns.Transport.Upstream;

/// <summary>What everything below one <see cref="UpstreamClient"/> shares.</summary>
internal sealed record UpstreamContext(UpstreamTarget Target, UpstreamOptions Options, TimeProvider Time, ILogger Logger)
{
    public UpstreamRandom Random { get; } = new();

    public UpstreamTally Tally { get; } = new();

    public FailureLog Failures { get; } = new(Logger, Time, $"upstream {Target.Endpoint}");
}
