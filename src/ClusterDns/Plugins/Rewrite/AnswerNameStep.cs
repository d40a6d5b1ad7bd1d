namespace ClusterDns.Plugins.Rewrite;

/// <summary>One change of names in a reply: a rule's, or one name back to another that stood in the question.</summary>
/// <param name="Rule">The rule; null for one name.</param>
/// <param name="Original">Where the draft keeps the name that was asked for, before a rule.</param>
/// <param name="Rewritten">Where it keeps what the rule made of it.</param>
internal readonly record struct AnswerNameStep(AnswerNameRule? Rule, Range Original, Range Rewritten);
