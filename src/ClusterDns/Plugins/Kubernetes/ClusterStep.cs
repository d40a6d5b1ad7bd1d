using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>What became of a question about the cluster's names.</summary>
/// <param name="Outcome">Whether there are records, a name without them, or no name.</param>
/// <param name="FallsThrough">A missing name is left to the plugins behind.</param>
/// <param name="IsClusterKnown">The cluster had been read when the name was looked for.</param>
/// <param name="IsStale">What was found may come from a snapshot.</param>
internal sealed record ClusterStep(
    AnswerOutcome Outcome, bool FallsThrough, bool IsClusterKnown, bool IsStale) : TraceStep;
