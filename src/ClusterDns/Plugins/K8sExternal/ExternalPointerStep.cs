using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>Services were looked for that are reached by an address.</summary>
/// <param name="Address">The address of a PTR query.</param>
internal sealed record ExternalPointerStep(NetworkAddress Address) : TraceStep;
