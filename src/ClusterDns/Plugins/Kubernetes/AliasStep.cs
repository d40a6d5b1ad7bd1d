using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A chain of ExternalName Services has ended.</summary>
/// <param name="Target">Where it leads, with the final dot.</param>
/// <param name="End">How it ended.</param>
internal sealed record AliasStep(string Target, AliasEnd End) : TraceStep;
