using System.Text.RegularExpressions;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>What is done with texts by operators. Letter case counts.</summary>
internal static class Texts
{
    /// <exception cref="CorefileException">There is no text, or no pattern.</exception>
    public static Term Compare(Operands operands)
    {
        var (left, right) = (operands.Left, operands.Right);
        if (!operands.AreTexts)
        {
            throw operands.Mismatch();
        }

        if (operands.Sign.Text == "matches")
        {
            return Matches(operands);
        }

        Func<string, string, bool> compare = operands.Sign.Text switch
        {
            "contains" => static (text, part) => text.Contains(part, StringComparison.Ordinal),
            "startsWith" => static (text, part) => text.StartsWith(part, StringComparison.Ordinal),
            _ => static (text, part) => text.EndsWith(part, StringComparison.Ordinal),
        };
        return new Term(ValueKind.Boolean, (ref Evaluation evaluation) =>
            Value.Of(compare(left.Evaluate(ref evaluation).Text, right.Evaluate(ref evaluation).Text)));
    }

    public static Term Join(Operands operands)
    {
        var (left, right) = (operands.Left, operands.Right);
        return new Term(ValueKind.Text, (ref Evaluation evaluation) => Join(
            ref evaluation, left.Evaluate(ref evaluation).Text, right.Evaluate(ref evaluation).Text));
    }

    private static Value Join(ref Evaluation evaluation, string left, string right) =>
        left.Length + right.Length <= Evaluation.MaxTextLength
            ? Value.Of(string.Concat(left, right))
            : evaluation.Fail($"a text of more than {Evaluation.MaxTextLength} characters");

    // Compiled once, and never backtracking: as long as the text is, so long takes the match.
    private static Term Matches(Operands operands)
    {
        var left = operands.Left;
        if (operands.Right.Constant is not { } pattern)
        {
            throw operands.Error("a pattern that is not written out is not supported");
        }

        return GoPattern.TryCompile(pattern.Text, out Regex? regex, out var mistake)
            ? new Term(ValueKind.Boolean, (ref Evaluation evaluation) => Value.Of(regex.IsMatch(left.Evaluate(ref evaluation).Text)))
            : throw operands.Error(mistake);
    }
}
