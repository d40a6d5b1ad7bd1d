using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>A lookup of our own has ended.</summary>
/// <param name="Name">The name asked for, with its final dot.</param>
/// <param name="Code">The rcode; null where there is no reply: nobody could be asked, or the chain of lookups is too long.</param>
/// <param name="Answers">Records of the answer section.</param>
internal sealed record LookupEndStep(string Name, ResponseCode? Code, int Answers) : TraceStep;
