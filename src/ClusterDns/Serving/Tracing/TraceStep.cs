namespace ClusterDns.Serving.Tracing;

/// <summary>
/// One thing that was decided while a query was served. What decides says so itself, in a type of its own that stands
/// beside it; texts for people are made from these, and from nothing else, in <c>Explaining</c>.
/// </summary>
internal abstract record TraceStep;
