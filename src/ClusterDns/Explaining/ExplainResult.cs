namespace ClusterDns.Explaining;

/// <summary>An explanation, or why there is none.</summary>
/// <param name="Explanation">Null where the request makes no sense.</param>
/// <param name="Error">What is wrong with it, in a sentence; null with an explanation.</param>
internal sealed record ExplainResult(Explanation? Explanation, string? Error);
