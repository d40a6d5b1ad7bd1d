using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>The listener chose a server block.</summary>
/// <param name="Listener">The listener's label, as <c>dns://:53</c>.</param>
/// <param name="Zone">The zone of the block; null where no block has the name, and the query is refused.</param>
/// <param name="View">The name of its view; null where it takes every query of the zone.</param>
internal sealed record BlockStep(string Listener, DnsName? Zone, string? View = null) : TraceStep;
