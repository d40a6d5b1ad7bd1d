using ClusterDns.Corefile;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>
/// A question that is rewritten and an answer that is not: its records have another name than was asked for, and resolvers
/// take them for somebody else's.
/// </summary>
internal static class RewriteAnswerRule
{
    // Those of an exact name are always put back.
    private static readonly string[] Kinds = ["prefix", "suffix", "substring", "regex"];

    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        from line in block.Source.Lines("rewrite")
        let kind = line.Properties.Count == 0 ? KindOf(line.Arguments) : KindInBlock(line)
        where kind is not null
        select Finding.Warning(
            kind,
            "records of the reply keep the name that this rule makes: most resolvers do not take them for an answer",
            "add 'answer auto' behind the rule");

    private static CorefileToken? KindOf(IReadOnlyList<CorefileToken> words)
    {
        var at = words.Count > 0 && words[0].Text is "stop" or "continue" ? 1 : 0;
        return words.Count == at + 4 && words[at].Text == "name" && Kinds.Contains(words[at + 1].Text.ToLowerInvariant())
            ? words[at + 1]
            : null;
    }

    private static CorefileToken? KindInBlock(Directive line) =>
        line.Properties[0] is { Name: "name", Arguments: [var kind, _, _] } && Kinds.Contains(kind.Text.ToLowerInvariant())
        && !line.Properties.Any(property => property.Name == "answer")
            ? kind
            : null;
}
