using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Header;

/// <summary>Flags of the query went on otherwise than they came.</summary>
/// <param name="Before">The client's, as the header has them (RFC 1035, 4.1.1).</param>
/// <param name="After">Those that plugins behind and upstreams see.</param>
internal sealed record HeaderStep(ushort Before, ushort After) : TraceStep;
