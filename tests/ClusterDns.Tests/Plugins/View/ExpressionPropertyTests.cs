using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.View;

/// <summary>Random expressions come to what the same calculation in C# comes to, whatever is in them and however deep.</summary>
[TestFixture]
internal sealed class ExpressionPropertyTests
{
    private const int Iterations = 5000;
    private const int MostDepth = 4;

    private static readonly string[] Texts = ["", "a", "www", "www.example.org.", "example", "org.", "b'c", "d\\e", "\u00e9"];
    private static readonly string[] Comparisons = ["==", "!=", "<", ">", "<=", ">="];

    [Test]
    public void Evaluate_RandomExpression_AgreesWithCSharp()
    {
        using var query = ExpressionUnderTest.Ask();
        var outcomes = new HashSet<string>();
        Truth(MostDepth).Sample(
            piece =>
            {
                string expected;
                try
                {
                    expected = piece.Value() ? "true" : "false";
                }
                catch (DivideByZeroException)
                {
                    expected = "division by zero";
                }

                outcomes.Add(expected);
                Assert.That(ExpressionUnderTest.Evaluate(piece.Text, query), Is.EqualTo(expected), piece.Text);
            },
            iter: Iterations,
            threads: 1);
        Assert.That(outcomes, Is.EquivalentTo(new[] { "true", "false", "division by zero" }));
    }

    /// <summary>Without parentheses: signs bind as they do in C#, whose order of these is the same.</summary>
    [Test]
    public void Evaluate_RandomChain_BindsAsInCSharp()
    {
        using var query = ExpressionUnderTest.Ask();
        Gen.Select(Gen.Bool.Array[1, 8], Gen.Bool.Array[8], Gen.Int[-9, 9].Array[3], Gen.Int[0, 2].Array[2]).Sample(
            (truths, signs, numbers, operators) =>
            {
                var text = string.Join("", truths.Select((truth, i) => (i == 0 ? "" : signs[i - 1] ? " and " : " || ") + (truth ? "true" : "!true")));
                var expected = truths.Select((truth, i) => (truth, Sign: i > 0 && signs[i - 1]))
                    .Aggregate(
                        new List<bool>(),
                        (groups, next) =>
                        {
                            groups.Add(next.Sign ? groups[^1] && next.truth : next.truth);
                            if (next.Sign)
                            {
                                groups.RemoveAt(groups.Count - 2);
                            }

                            return groups;
                        })
                    .Any(group => group);
                Assert.That(ExpressionUnderTest.Evaluate(text, query), Is.EqualTo(expected ? "true" : "false"), text);

                var sum = $"{numbers[0]} {"+-*"[operators[0]]} {numbers[1]} {"+-*"[operators[1]]} {numbers[2]}";
                var value = operators[1] == 2 && operators[0] != 2
                    ? Calculate(operators[0], numbers[0], Calculate(2, numbers[1], numbers[2]))
                    : Calculate(operators[1], Calculate(operators[0], numbers[0], numbers[1]), numbers[2]);
                Assert.That(ExpressionUnderTest.Evaluate($"{sum} == {value}", query), Is.EqualTo("true"), sum);
            },
            iter: Iterations,
            threads: 1);
    }

    private static long Calculate(int sign, long left, long right) => sign switch { 0 => left + right, 1 => left - right, _ => left * right };

    private static Gen<Piece<bool>> Truth(int depth)
    {
        var leaf = OneOf(new Piece<bool>("true", () => true), new("false", () => false), new("do()", () => false), new("(type() == 'A')", () => true));
        if (depth == 0)
        {
            return leaf;
        }

        return Gen.Frequency(
            (1, leaf),
            (2, Gen.Select(Truth(depth - 1), Truth(depth - 1), Gen.Bool).Select((left, right, isWord) =>
                new Piece<bool>($"({left.Text} {(isWord ? "and" : "&&")} {right.Text})", () => left.Value() && right.Value()))),
            (2, Gen.Select(Truth(depth - 1), Truth(depth - 1), Gen.Bool).Select((left, right, isWord) =>
                new Piece<bool>($"({left.Text} {(isWord ? "or" : "||")} {right.Text})", () => left.Value() || right.Value()))),
            (1, Truth(depth - 1).Select(inner => new Piece<bool>($"(not {inner.Text})", () => !inner.Value()))),
            (1, Gen.Select(Truth(depth - 1), Truth(depth - 1), Truth(depth - 1)).Select((condition, yes, no) =>
                new Piece<bool>($"({condition.Text} ? {yes.Text} : {no.Text})", () => condition.Value() ? yes.Value() : no.Value()))),
            (2, Gen.Select(Number(depth - 1), Number(depth - 1), Gen.Int[0, Comparisons.Length - 1]).Select((left, right, sign) =>
                new Piece<bool>($"({left.Text} {Comparisons[sign]} {right.Text})", () => Compare(sign, left.Value().CompareTo(right.Value()))))),
            (1, Gen.Select(Text(depth - 1), Text(depth - 1), Gen.Int[0, Comparisons.Length - 1]).Select((left, right, sign) =>
                new Piece<bool>($"({left.Text} {Comparisons[sign]} {right.Text})", () => Compare(sign, string.CompareOrdinal(left.Value(), right.Value()))))),
            (1, Gen.Select(Text(depth - 1), Text(depth - 1), Gen.Bool).Select((left, right, isNot) =>
                new Piece<bool>($"({left.Text} {(isNot ? "not " : "")}contains {right.Text})", () => left.Value().Contains(right.Value(), StringComparison.Ordinal) != isNot))),
            (1, Gen.Select(Text(depth - 1), Text(depth - 1)).Select((left, right) =>
                new Piece<bool>($"({left.Text} startsWith {right.Text})", () => left.Value().StartsWith(right.Value(), StringComparison.Ordinal)))),
            (1, Gen.Select(Number(depth - 1), Number(0).Array[1, 4], Gen.Bool).Select((item, list, isNot) => new Piece<bool>(
                $"({item.Text} {(isNot ? "not " : "")}in [{string.Join(", ", list.Select(element => element.Text))}])",
                () => list.Select(element => element.Value()).Contains(item.Value()) != isNot))));
    }

    private static Gen<Piece<long>> Number(int depth)
    {
        var leaf = Gen.Frequency(
            (3, Gen.Int[-3, 3].Select(number => new Piece<long>($"({number})", () => number))),
            (1, OneOf(new Piece<long>("size()", () => 33), new("id()", () => 18386), new("9223372036854775807", () => long.MaxValue))));
        return depth == 0 ? leaf : Gen.Frequency(
            (1, leaf),
            (2, Gen.Select(Number(depth - 1), Number(depth - 1), Gen.Int[0, 2]).Select((left, right, sign) =>
                new Piece<long>($"({left.Text} {"+-*"[sign]} {right.Text})", () => Calculate(sign, left.Value(), right.Value())))),
            (1, Gen.Select(Number(depth - 1), Number(0)).Select((left, right) =>
                new Piece<long>($"({left.Text} % {right.Text})", () => Remainder(left.Value(), right.Value())))),
            (1, Text(depth - 1).Select(text => new Piece<long>($"len({text.Text})", () => text.Value().Length))));
    }

    private static Gen<Piece<string>> Text(int depth)
    {
        var leaf = Gen.Int[0, Texts.Length].Select(index => index == Texts.Length
            ? new Piece<string>("name()", () => "www.example.org.")
            : new Piece<string>($"'{Texts[index].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'", () => Texts[index]));
        return depth == 0 ? leaf : Gen.Frequency(
            (2, leaf),
            (1, Gen.Select(Text(depth - 1), Text(depth - 1)).Select((left, right) =>
                new Piece<string>($"({left.Text} + {right.Text})", () => left.Value() + right.Value()))),
            (1, Text(depth - 1).Select(text => new Piece<string>($"upper({text.Text})", () => text.Value().ToUpperInvariant()))));
    }

    // The least number by -1 is an overflow in C#.
    private static long Remainder(long left, long right) => right == -1 ? 0 : left % right;

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool Compare(int sign, int order) => sign switch
    {
        0 => order == 0,
        1 => order != 0,
        2 => order < 0,
        3 => order > 0,
        4 => order <= 0,
        _ => order >= 0,
    };

    /// <summary>The same calculation as an expression and in C#.</summary>
    private sealed record Piece<T>(string Text, Func<T> Value);
}
