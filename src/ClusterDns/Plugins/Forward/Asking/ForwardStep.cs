using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>A question to upstreams has ended.</summary>
/// <param name="Upstream">The upstream that gave the reply, or the last one asked; null when none was.</param>
/// <param name="Error">Why there is no reply; null when there is one.</param>
/// <param name="IsShared">Somebody else was asking the same, and the reply is theirs.</param>
/// <param name="Elapsed">Since the query came.</param>
internal sealed record ForwardStep(string? Upstream, string? Error, bool IsShared, TimeSpan Elapsed) : TraceStep;
