using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// Many exact <c>name</c> rules that stand one behind the other and end the rewriting, found in one look instead of one
/// after the other.
/// </summary>
internal sealed class ExactNameTable : RewriteRule
{
    /// <summary>Fewer rules than this are tried one by one.</summary>
    public const int FewestRules = 4;

    private readonly Dictionary<DnsName, NameRule>.AlternateLookup<ReadOnlySpan<byte>> _rules;

    private ExactNameTable(IReadOnlyList<NameRule> rules)
        : base(isLast: true)
    {
        var byName = new Dictionary<DnsName, NameRule>(rules.Count, NameComparer.Instance);
        foreach (var rule in rules)
        {
            // The first of two rules for one name is the one that counts.
            byName.TryAdd(NameOf(rule)!, rule);
        }

        _rules = byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The same rules, each run of exact ones in a table.</summary>
    public static RewriteRule[] Compile(IReadOnlyList<RewriteRule> rules)
    {
        var compiled = new List<RewriteRule>();
        var run = new List<NameRule>();
        foreach (var rule in rules)
        {
            if (rule is NameRule { IsLast: true } name && NameOf(name) is not null)
            {
                run.Add(name);
                continue;
            }

            EndRun(run, compiled);
            compiled.Add(rule);
        }

        EndRun(run, compiled);
        return [.. compiled];
    }

    public override RuleOutcome Apply(QuestionDraft question) =>
        _rules.TryGetValue(question.Name.Wire, out var rule) ? rule.Apply(question) : RuleOutcome.Ignored;

    private static DnsName? NameOf(NameRule rule) => (rule.Pattern as ExactPattern)?.Name;

    private static void EndRun(List<NameRule> run, List<RewriteRule> compiled)
    {
        if (run.Count >= FewestRules)
        {
            compiled.Add(new ExactNameTable(run));
        }
        else
        {
            compiled.AddRange(run);
        }

        run.Clear();
    }
}
