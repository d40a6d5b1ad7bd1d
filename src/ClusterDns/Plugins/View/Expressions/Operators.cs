using System.Collections.Frozen;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>The operators: which binds tighter, what each takes, and what it comes to.</summary>
internal static class Operators
{
    /// <summary>How tight comparisons bind, <c>in</c> and those of texts too.</summary>
    public const int Comparison = 20;

    private const int NotPrecedence = 50;
    private const int MinusPrecedence = 90;

    // The numbers are expr's.
    private static readonly FrozenDictionary<string, int> Precedences = new Dictionary<string, int>
    {
        ["or"] = 10,
        ["||"] = 10,
        ["and"] = 15,
        ["&&"] = 15,
        ["=="] = Comparison,
        ["!="] = Comparison,
        ["<"] = Comparison,
        [">"] = Comparison,
        ["<="] = Comparison,
        [">="] = Comparison,
        ["in"] = Comparison,
        ["matches"] = Comparison,
        ["contains"] = Comparison,
        ["startsWith"] = Comparison,
        ["endsWith"] = Comparison,
        ["+"] = 30,
        ["-"] = 30,
        ["*"] = 60,
        ["/"] = 60,
        ["%"] = 60,
        ["**"] = 100,
        ["^"] = 100,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Unsupported = FrozenSet.Create("|", "..", "??", "?.", "::", ";", "=", "{", "let", "if");

    public static int? PrecedenceOf(string sign) => Precedences.TryGetValue(sign, out var precedence) ? precedence : null;

    public static int? UnaryPrecedenceOf(string sign) => sign switch
    {
        "!" or "not" => NotPrecedence,
        "+" or "-" => MinusPrecedence,
        _ => null,
    };

    public static bool IsRightAssociative(string sign) => sign is "**" or "^";

    public static bool MayFollowNot(string sign) => sign is "in" or "matches" or "contains" or "startsWith" or "endsWith";

    /// <summary>Whether the sign means something in expr, though nothing here.</summary>
    public static bool IsOfLanguage(string sign) => Unsupported.Contains(sign);

    /// <exception cref="CorefileException">The operator does not take such a term.</exception>
    public static Term Apply(ExpressionToken sign, Term term, ExpressionSource source)
    {
        var isNot = sign.Text is "!" or "not";
        if (isNot ? term.Kind != ValueKind.Boolean : !term.Kind.IsNumber)
        {
            throw source.Error(sign.Position, $"invalid operation: {sign.Text} (mismatched type {term.Kind})");
        }

        return isNot ? Not(term)
            : sign.Text == "+" ? term
            : term.Kind == ValueKind.Real
                ? new Term(ValueKind.Real, (ref Evaluation evaluation) => Value.Of(-term.Evaluate(ref evaluation).Real))
                : new Term(ValueKind.Whole, (ref Evaluation evaluation) => Value.Of(unchecked(-term.Evaluate(ref evaluation).Whole)));
    }

    public static Term Not(Term term) =>
        new(ValueKind.Boolean, (ref Evaluation evaluation) => Value.Of(!term.Evaluate(ref evaluation).Truth));

    /// <exception cref="CorefileException">The operator does not take such terms.</exception>
    public static Term Combine(Operands operands) => operands.Sign.Text switch
    {
        "and" or "&&" or "or" or "||" => Connect(operands),
        "in" => Lists.Contains(operands),
        "matches" or "contains" or "startsWith" or "endsWith" => Texts.Compare(operands),
        "==" or "!=" or "<" or ">" or "<=" or ">=" => Comparisons.Compare(operands),
        "+" when operands.AreTexts => Texts.Join(operands),
        _ => Arithmetic.Calculate(operands),
    };

    // The right side is not looked at where the left one decides, so it may be what would fail there.
    private static Term Connect(Operands operands)
    {
        var (left, right) = (operands.Left, operands.Right);
        if (!operands.AreTruths)
        {
            throw operands.Mismatch();
        }

        return operands.Sign.Text is "and" or "&&"
            ? new Term(ValueKind.Boolean, (ref Evaluation evaluation) =>
                Value.Of(left.Evaluate(ref evaluation).Truth && right.Evaluate(ref evaluation).Truth))
            : new Term(ValueKind.Boolean, (ref Evaluation evaluation) =>
                Value.Of(left.Evaluate(ref evaluation).Truth || right.Evaluate(ref evaluation).Truth));
    }
}
