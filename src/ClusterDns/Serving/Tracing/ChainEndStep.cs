namespace ClusterDns.Serving.Tracing;

/// <summary>Every plugin of a block declined.</summary>
internal sealed record ChainEndStep : TraceStep;
