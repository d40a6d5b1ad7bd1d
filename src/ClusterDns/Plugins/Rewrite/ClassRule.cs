using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>class FROM TO</c></summary>
internal sealed class ClassRule(bool isLast, RecordClass from, RecordClass to) : RewriteRule(isLast)
{
    public override RuleOutcome Apply(QuestionDraft question)
    {
        if (question.Class != from)
        {
            return RuleOutcome.Ignored;
        }

        question.Class = to;
        return RuleOutcome.Applied;
    }
}
