using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Cancel;

/// <summary>The chain had no reply in time; what it still does is for nobody.</summary>
/// <param name="Timeout">How long it had.</param>
internal sealed record CancelStep(TimeSpan Timeout) : TraceStep;
