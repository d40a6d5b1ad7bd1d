using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Bufsize;

/// <summary>The client takes more in one packet than it is let.</summary>
/// <param name="Octets">What is left to it.</param>
internal sealed record BufsizeStep(ushort Octets) : TraceStep;
