using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Dns64;

/// <summary>A query for AAAA was to be answered out of A records, or could have been; the lookup of those stands before.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Options">The directive.</param>
internal sealed record Dns64Step(Dns64Outcome Outcome, Dns64Options Options) : TraceStep;
