using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Hosts;

/// <summary>The table of hosts was looked at.</summary>
/// <param name="File">The file behind it.</param>
/// <param name="IsFound">It has the name, or the address.</param>
internal sealed record HostsStep(string File, bool IsFound) : TraceStep;
