using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.View;

/// <summary>A view was asked whether its block takes the query.</summary>
/// <param name="View">Its name.</param>
/// <param name="Zone">The zone of its block that has the name.</param>
/// <param name="Rule">The first expression that is not true; null where all are.</param>
/// <param name="Failure">Why that could not be worked out; null where it is false.</param>
internal sealed record ViewStep(string View, DnsName Zone, string? Rule, string? Failure) : TraceStep;
