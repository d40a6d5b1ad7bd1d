using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>A plugin asks those behind it something else than the client asked.</summary>
/// <param name="Plugin">The directive's name.</param>
/// <param name="Name">The name that goes on, with its final dot.</param>
/// <param name="Type">The type that goes on.</param>
internal sealed record QuestionStep(string Plugin, string Name, RecordType Type) : TraceStep;
