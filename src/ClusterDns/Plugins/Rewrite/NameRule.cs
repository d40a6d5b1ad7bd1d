namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>name [exact|prefix|suffix|substring|regex] FROM TO [answer ...]</c></summary>
/// <param name="isLast">Whether the line says <c>stop</c>.</param>
/// <param name="pattern">Which names are meant.</param>
/// <param name="replacement">What they become.</param>
/// <param name="restoresName">Whether the rewritten name becomes the name asked for wherever it is in the reply.</param>
/// <param name="answers">What else happens to names in the reply.</param>
internal sealed class NameRule(
    bool isLast,
    NamePattern pattern,
    string replacement,
    bool restoresName,
    IReadOnlyList<AnswerNameRule> answers) : RewriteRule(isLast)
{
    private readonly AnswerNameRule[] _answers = [.. answers];

    public NamePattern Pattern => pattern;

    public override RuleOutcome Apply(QuestionDraft question)
    {
        if (!pattern.Matches(question.Name))
        {
            return RuleOutcome.Ignored;
        }

        if (restoresName)
        {
            question.Reply.Names.BeginRestore(question.Name.Wire);
        }

        if (!pattern.TryRewrite(question.Name, replacement))
        {
            return RuleOutcome.InvalidName;
        }

        if (restoresName)
        {
            question.Reply.Names.EndRestore(question.Name.Wire);
        }

        foreach (var answer in _answers)
        {
            question.Reply.Names.Add(answer);
        }

        return RuleOutcome.Applied;
    }
}
