using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>Calculation as expr has it: whole numbers of 64 bits that wrap around; division and powers give a float.</summary>
internal static class Arithmetic
{
    /// <summary>A number as a float.</summary>
    public delegate double RealOf(ref Evaluation evaluation);

    /// <exception cref="CorefileException">The operator does not take such terms.</exception>
    public static Term Calculate(Operands operands)
    {
        var (left, right) = (operands.Left, operands.Right);
        if (!operands.AreNumbers)
        {
            throw operands.Mismatch();
        }

        return operands.Sign.Text switch
        {
            "/" => Real(operands, static (a, b) => a / b),
            "**" or "^" => Real(operands, Math.Pow),
            "%" when !operands.AreWhole => throw operands.Mismatch(),
            "%" => new Term(ValueKind.Whole, (ref Evaluation evaluation) => Remainder(
                ref evaluation, left.Evaluate(ref evaluation).Whole, right.Evaluate(ref evaluation).Whole)),
            "+" => operands.AreWhole ? Whole(operands, static (a, b) => unchecked(a + b)) : Real(operands, static (a, b) => a + b),
            "-" => operands.AreWhole ? Whole(operands, static (a, b) => unchecked(a - b)) : Real(operands, static (a, b) => a - b),
            "*" => operands.AreWhole ? Whole(operands, static (a, b) => unchecked(a * b)) : Real(operands, static (a, b) => a * b),
            _ => throw operands.Mismatch(),
        };
    }

    public static RealOf AsReal(Term term) => term.Kind == ValueKind.Real
        ? (ref Evaluation evaluation) => term.Evaluate(ref evaluation).Real
        : (ref Evaluation evaluation) => term.Evaluate(ref evaluation).Whole;

    private static Term Whole(Operands operands, Func<long, long, long> calculate)
    {
        var (left, right) = (operands.Left, operands.Right);
        return new(ValueKind.Whole, (ref Evaluation evaluation) =>
            Value.Of(calculate(left.Evaluate(ref evaluation).Whole, right.Evaluate(ref evaluation).Whole)));
    }

    private static Term Real(Operands operands, Func<double, double, double> calculate)
    {
        var left = AsReal(operands.Left);
        var right = AsReal(operands.Right);
        return new(ValueKind.Real, (ref Evaluation evaluation) => Value.Of(calculate(left(ref evaluation), right(ref evaluation))));
    }

    // The least number divided by -1 overflows where Go gives 0.
    private static Value Remainder(ref Evaluation evaluation, long dividend, long divisor) => divisor switch
    {
        0 => evaluation.Fail("division by zero"),
        -1 => Value.Of(0L),
        _ => Value.Of(dividend % divisor),
    };
}
