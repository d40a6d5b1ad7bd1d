using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>The records of a reply were put into another order.</summary>
/// <param name="Options">The directive.</param>
/// <param name="Answers">Records of the answer section.</param>
internal sealed record LoadBalanceStep(LoadBalanceOptions Options, int Answers) : TraceStep;
