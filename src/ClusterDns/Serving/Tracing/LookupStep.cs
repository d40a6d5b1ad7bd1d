using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>The server asks itself, to follow a CNAME for instance; what came of it stands between this and the end.</summary>
/// <param name="Name">The name asked for, with its final dot.</param>
/// <param name="Type">The type asked for.</param>
internal sealed record LookupStep(string Name, RecordType Type) : TraceStep;
