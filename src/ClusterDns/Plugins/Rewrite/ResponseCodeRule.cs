namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>rcode [exact|prefix|suffix|substring|regex] NAME FROM TO</c></summary>
internal sealed class ResponseCodeRule(bool isLast, NamePattern pattern, ResponseCodeChange change) : RewriteRule(isLast)
{
    public override RuleOutcome Apply(QuestionDraft question)
    {
        if (!pattern.Matches(question.Name))
        {
            return RuleOutcome.Ignored;
        }

        question.Reply.Add(change);
        return RuleOutcome.Applied;
    }
}
