namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>ttl [exact|prefix|suffix|substring|regex] NAME SECONDS</c></summary>
internal sealed class TimeToLiveRule(bool isLast, NamePattern pattern, TimeToLiveRange range) : RewriteRule(isLast)
{
    public override RuleOutcome Apply(QuestionDraft question)
    {
        if (!pattern.Matches(question.Name))
        {
            return RuleOutcome.Ignored;
        }

        question.Reply.Add(range);
        return RuleOutcome.Applied;
    }
}
