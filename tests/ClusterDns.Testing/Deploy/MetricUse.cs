using System.Text.RegularExpressions;

namespace ClusterDns.Testing.Deploy;

/// <summary>A metric that an expression names, with the labels that it is selected, grouped or joined by.</summary>
public sealed partial record MetricUse(string Metric, IReadOnlySet<string> Labels)
{
    private static readonly HashSet<string> Grouping = ["by", "without", "on", "ignoring", "group_left", "group_right"];
    private static readonly HashSet<string> Words = ["and", "or", "unless", "bool", "offset", "inf", "nan"];

    /// <summary>Every use of a metric; a label that groups counts for each metric of the expression, as nobody says whose it is.</summary>
    public static IReadOnlyList<MetricUse> AllIn(string expression)
    {
        var tokens = Token().Matches(expression).Select(match => match.Value).ToArray();
        var uses = new List<MetricUse>();
        var grouping = new HashSet<string>();
        for (var i = 0; i < tokens.Length; i++)
        {
            var next = i + 1 < tokens.Length ? tokens[i + 1] : "";
            if (Grouping.Contains(tokens[i]))
            {
                i = next == "(" ? AddUntil(")", tokens, i + 2, grouping) : i;
            }
            else if (IsName(tokens[i]) && !Words.Contains(tokens[i]) && next != "(" && !Grouping.Contains(next))
            {
                var use = new MetricUse(tokens[i], new HashSet<string>());
                uses.Add(use);
                i = next == "{" ? AddUntil("}", tokens, i + 2, (HashSet<string>)use.Labels) : i;
            }
        }

        uses.ForEach(use => ((HashSet<string>)use.Labels).UnionWith(grouping));
        return uses;
    }

    private static int AddUntil(string end, string[] tokens, int at, HashSet<string> labels)
    {
        for (; at < tokens.Length && tokens[at] != end; at++)
        {
            if (IsName(tokens[at]))
            {
                labels.Add(tokens[at]);
            }
        }

        return at;
    }

    private static bool IsName(string token) => token.Length > 0 && (char.IsAsciiLetter(token[0]) || token[0] is '_' or ':');

    // Texts, ranges (which may hold a variable of Grafana's), figures, names, and whatever else by its characters.
    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\[[^\]]*\]|[0-9][0-9a-z.]*|[A-Za-z_:][A-Za-z0-9_:]*|[^\s]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
