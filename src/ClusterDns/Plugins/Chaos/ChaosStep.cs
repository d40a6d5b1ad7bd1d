using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Chaos;

/// <summary>The name is one of those that tell of the server itself.</summary>
/// <param name="Name">The name, with its final dot.</param>
/// <param name="IsAnswered">False where class or type are not CH and TXT, and the query goes on.</param>
internal sealed record ChaosStep(string Name, bool IsAnswered) : TraceStep;
