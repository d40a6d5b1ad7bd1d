using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary><c>==</c>, <c>!=</c> and those of order.</summary>
internal static class Comparisons
{
    /// <exception cref="CorefileException">Such terms cannot be compared.</exception>
    public static Term Compare(Operands operands)
    {
        var (left, right) = (operands.Left, operands.Right);
        if (operands.AreWhole)
        {
            return Of(operands, (ref Evaluation evaluation) =>
                left.Evaluate(ref evaluation).Whole.CompareTo(right.Evaluate(ref evaluation).Whole));
        }

        if (operands.AreNumbers)
        {
            return OfReal(operands);
        }

        if (operands.AreTexts)
        {
            return Of(operands, (ref Evaluation evaluation) =>
                string.CompareOrdinal(left.Evaluate(ref evaluation).Text, right.Evaluate(ref evaluation).Text));
        }

        return operands.AreTruths && operands.Sign.Text is "==" or "!="
            ? Of(operands, (ref Evaluation evaluation) =>
                left.Evaluate(ref evaluation).Truth.CompareTo(right.Evaluate(ref evaluation).Truth))
            : throw (left.Kind.IsList && right.Kind.IsList ? operands.Error("lists cannot be compared here") : operands.Mismatch());
    }

    private delegate int Order(ref Evaluation evaluation);

    private static Term Of(Operands operands, Order order) => new(ValueKind.Boolean, operands.Sign.Text switch
    {
        "==" => (ref Evaluation evaluation) => Value.Of(order(ref evaluation) == 0),
        "!=" => (ref Evaluation evaluation) => Value.Of(order(ref evaluation) != 0),
        "<" => (ref Evaluation evaluation) => Value.Of(order(ref evaluation) < 0),
        ">" => (ref Evaluation evaluation) => Value.Of(order(ref evaluation) > 0),
        "<=" => (ref Evaluation evaluation) => Value.Of(order(ref evaluation) <= 0),
        _ => (ref Evaluation evaluation) => Value.Of(order(ref evaluation) >= 0),
    });

    // What is no number (0.0 / 0) has no order: nothing but != is true of it.
    private static Term OfReal(Operands operands)
    {
        var left = Arithmetic.AsReal(operands.Left);
        var right = Arithmetic.AsReal(operands.Right);
        return new(ValueKind.Boolean, operands.Sign.Text switch
        {
            "==" => (ref Evaluation evaluation) => Value.Of(left(ref evaluation) == right(ref evaluation)),
            "!=" => (ref Evaluation evaluation) => Value.Of(left(ref evaluation) != right(ref evaluation)),
            "<" => (ref Evaluation evaluation) => Value.Of(left(ref evaluation) < right(ref evaluation)),
            ">" => (ref Evaluation evaluation) => Value.Of(left(ref evaluation) > right(ref evaluation)),
            "<=" => (ref Evaluation evaluation) => Value.Of(left(ref evaluation) <= right(ref evaluation)),
            _ => (ref Evaluation evaluation) => Value.Of(left(ref evaluation) >= right(ref evaluation)),
        });
    }
}
