using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>The query is done with.</summary>
/// <param name="Outcome">What the chain made of it.</param>
/// <param name="Code">The rcode that the client sees.</param>
/// <param name="AnsweredBy">The plugin that wrote the reply; empty for the server itself.</param>
/// <param name="Error">What went wrong, in the words of the <c>errors</c> plugin; null where nothing did.</param>
internal sealed record ReplyStep(ServeOutcome Outcome, ResponseCode Code, string AnsweredBy, string? Error) : TraceStep;
