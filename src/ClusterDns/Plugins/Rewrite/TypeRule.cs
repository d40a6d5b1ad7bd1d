using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>type FROM TO</c></summary>
internal sealed class TypeRule(bool isLast, RecordType from, RecordType to) : RewriteRule(isLast)
{
    public override RuleOutcome Apply(QuestionDraft question)
    {
        if (question.Type != from)
        {
            return RuleOutcome.Ignored;
        }

        question.Type = to;
        return RuleOutcome.Applied;
    }
}
