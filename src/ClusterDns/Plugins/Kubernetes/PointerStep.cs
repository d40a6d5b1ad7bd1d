using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>The owner of an address was looked for.</summary>
/// <param name="Address">The address that the name spells.</param>
/// <param name="Answers">PTR records found.</param>
internal sealed record PointerStep(NetworkAddress Address, int Answers) : TraceStep;
