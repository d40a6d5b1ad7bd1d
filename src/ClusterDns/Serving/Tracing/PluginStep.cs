using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>A plugin is done with the query; those behind it, which it asked, stand before it.</summary>
/// <param name="Plugin">The directive's name.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Code">The rcode, if there is a reply or a failure.</param>
internal sealed record PluginStep(string Plugin, ServeOutcome Outcome, ResponseCode Code) : TraceStep;
