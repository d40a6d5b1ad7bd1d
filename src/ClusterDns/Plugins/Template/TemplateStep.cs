using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Template;

/// <summary>A rule was for the class, type and zone of a query.</summary>
/// <param name="Zone">The zone of the rule.</param>
/// <param name="IsMatched">A pattern of the rule matches the name, or the rule has none.</param>
internal sealed record TemplateStep(DnsName Zone, bool IsMatched) : TraceStep;
