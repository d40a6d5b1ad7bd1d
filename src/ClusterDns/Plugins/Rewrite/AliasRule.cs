namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>cname [exact|prefix|suffix|substring|regex] FROM TO</c>, about replies to any question.</summary>
internal sealed class AliasRule(bool isLast, NamePattern pattern, string replacement) : RewriteRule(isLast)
{
    public NamePattern Pattern => pattern;

    public string Replacement => replacement;

    public override RuleOutcome Apply(QuestionDraft question)
    {
        question.Reply.Add(this);
        return RuleOutcome.Applied;
    }
}
