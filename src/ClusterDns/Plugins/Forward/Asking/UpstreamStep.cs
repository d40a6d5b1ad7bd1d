using ClusterDns.Serving.Tracing;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>An upstream was asked once.</summary>
/// <param name="Upstream"><c>10.0.0.2:53</c></param>
/// <param name="Protocol">What the directive and the client chose; an upstream over TLS takes no notice.</param>
/// <param name="Outcome">How the exchange ended.</param>
/// <param name="Code">The rcode of its reply; null without one that makes sense.</param>
/// <param name="Elapsed">From the question to that end.</param>
internal sealed record UpstreamStep(
    string Upstream, TransportProtocol Protocol, UpstreamOutcome Outcome, ResponseCode? Code, TimeSpan Elapsed) : TraceStep;
