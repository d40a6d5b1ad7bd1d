using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Any;

/// <summary>A question for every type at once was answered without looking at what there is.</summary>
internal sealed record AnyStep : TraceStep;
