using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>The listener chose a server block.</summary>
/// <param name="Listener">The listener's label, as <c>dns://:53</c>.</param>
/// <param name="Zone">The zone of the block; null where no block has the name, and the query is refused.</param>
internal sealed record BlockStep(string Listener, DnsName? Zone) : TraceStep;
