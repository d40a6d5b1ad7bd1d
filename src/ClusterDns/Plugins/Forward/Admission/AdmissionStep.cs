using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Forward.Admission;

/// <summary>A query was not forwarded, since so many are under way.</summary>
/// <param name="Verdict">Why.</param>
internal sealed record AdmissionStep(AdmissionVerdict Verdict) : TraceStep;
