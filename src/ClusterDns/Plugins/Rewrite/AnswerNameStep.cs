namespace ClusterDns.Plugins.Rewrite;

/// <summary>One change of names in a reply: a rule's, or one name back to another that stood in the question.</summary>
/// <param name="Rule">The rule; null for one name.</param>
/// <param name="Original">Where the name before a rule is kept.</param>
/// <param name="Rewritten">Where that is kept which the rule made of it.</param>
internal readonly record struct AnswerNameStep(AnswerNameRule? Rule, Range Original, Range Rewritten);
