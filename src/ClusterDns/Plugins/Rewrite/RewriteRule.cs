namespace ClusterDns.Plugins.Rewrite;

/// <summary>What one <c>rewrite</c> line asks for.</summary>
internal abstract class RewriteRule(bool isLast)
{
    /// <summary>Whether no further rule is looked at once this one was applied: <c>stop</c>, the default.</summary>
    public bool IsLast => isLast;

    /// <summary>Changes the question, and leaves in <see cref="QuestionDraft.Reply"/> what is to happen to the reply.</summary>
    public abstract RuleOutcome Apply(QuestionDraft question);
}
