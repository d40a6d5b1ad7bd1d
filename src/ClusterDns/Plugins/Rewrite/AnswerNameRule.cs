namespace ClusterDns.Plugins.Rewrite;

/// <summary>What becomes of names in the reply.</summary>
/// <param name="Pattern">Which of them.</param>
/// <param name="Replacement">What they become.</param>
/// <param name="ForOwners">Names of records: <c>answer name</c>.</param>
/// <param name="ForValues">Names that records lead to: <c>answer value</c>.</param>
internal sealed record AnswerNameRule(NamePattern Pattern, string Replacement, bool ForOwners, bool ForValues);
