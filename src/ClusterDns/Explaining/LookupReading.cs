using ClusterDns.Serving.Tracing;

namespace ClusterDns.Explaining;

/// <summary>A lookup of the server's own, and what was decided in it.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="End">What came of it; null where the trace was cut before.</param>
/// <param name="Reading">The steps between.</param>
internal sealed record LookupReading(LookupStep Question, LookupEndStep? End, TraceReading Reading);
