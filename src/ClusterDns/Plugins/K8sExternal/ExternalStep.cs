using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>What became of a question about a zone outside the cluster.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Options">The directive.</param>
/// <param name="Miss">Why the name does not exist.</param>
/// <param name="Answers">Records of the answer section.</param>
/// <param name="FallsThrough">A missing name is left to the plugins behind.</param>
/// <param name="IsClusterKnown">The cluster had been read when the name was looked for.</param>
/// <param name="IsStale">What was found may come from a snapshot.</param>
internal sealed record ExternalStep(
    DnsName Zone, K8sExternalOptions Options, ExternalMiss Miss, int Answers, bool FallsThrough, bool IsClusterKnown, bool IsStale) : TraceStep;
