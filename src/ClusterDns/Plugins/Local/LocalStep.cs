using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Local;

/// <summary>The name is of the client's own machine.</summary>
/// <param name="Zone">
/// The zone that it is in; null for a name of somebody else's zone that begins with <c>localhost</c>, which only a search
/// list makes.
/// </param>
internal sealed record LocalStep(DnsName? Zone) : TraceStep;
