using ClusterDns.Corefile;
using ClusterDns.Plugins.View.Expressions;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.View;

/// <summary>Whatever stands behind <c>expr</c>: it is an expression or a mistake at its place, and what is one never throws.</summary>
[TestFixture]
internal sealed class HostileExpressionTests
{
    private const int Iterations = 20_000;

    private static readonly string[] Pieces =
    [
        "true", "false", "nil", "1", "0", "-1", "9223372036854775807", "1.5", "0x", "1e", "'a'", "'", "\"", "`", "'\\\\'", "'\\x4'", "name()", "type()",
        "size()", "do()", "client_ip()", "metadata('a/b')", "incidr(", "len(", "any(", "all(", "split(name(), '.')", "#", "(", ")", "[", "]", "{", "}",
        ",", ":", "?", "?.", ".", "..", "and", "or", "not", "!", "&&", "||", "==", "!=", "<", ">=", "in", "matches", "contains", "startsWith",
        "+", "-", "*", "/", "%", "**", "^", "//", "/*", "*/", "let", ";", "|", " ", "\t", "\u00e9", "\ud83d", "['A', 'B']", "[1, 2]", "'10.0.0.0/8'", "'^a(b|c)+$'",
    ];

    [Test]
    public void Parse_RandomPieces_IsAnExpressionOrAMistake()
    {
        using var query = ExpressionUnderTest.Ask();
        var sound = 0;
        Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[1, 12].Sample(
            pieces => sound += Try(string.Join(' ', pieces), query) ? 1 : 0, iter: Iterations, threads: 1);
        Assert.That(sound, Is.Positive);
    }

    [Test]
    public void Parse_RandomCharacters_IsAnExpressionOrAMistake()
    {
        using var query = ExpressionUnderTest.Ask();
        Gen.String[0, 40].Sample(text => { Try(text, query); }, iter: Iterations, threads: 1);
    }

    [Test]
    public void Parse_EveryBeginningOfAnExpression_IsAnExpressionOrAMistake()
    {
        const string Whole =
            "incidr(client_ip(), '10.0.0.0/8') && (type() in ['A', \"AAAA\"] || !do()) and name() not matches '^a\\\\.(b|c)$' ? size() ** 2 > 0x1F : any([1, 2], {# % 2 == 0})";
        using var query = ExpressionUnderTest.Ask();
        Assert.That(Try(Whole, query), Is.True);
        for (var length = 0; length < Whole.Length; length++)
        {
            Try(Whole[..length], query);
            Try(Whole[length..], query);
        }
    }

    [TestCase("(", ")")]
    [TestCase("!(", ")")]
    [TestCase("-", "")]
    [TestCase("!", "")]
    [TestCase("true ? ", ": true")]
    [TestCase("len([", "]) == 1")]
    [TestCase("2 ** ", "")]
    public void Parse_WithoutEnd_IsAMistakeAndNoOverflow(string open, string close)
    {
        const int Times = 2000;
        var expression = string.Concat(Enumerable.Repeat(open, Times)) + "1" + string.Concat(Enumerable.Repeat(close, Times));
        var text = expression[..Math.Min(expression.Length, ExpressionSource.MaxLength)];
        Assert.That(ExpressionUnderTest.MistakeIn(text), Does.StartWith("more than 64 parentheses within each other"));
    }

    [Test]
    public void Parse_AsLongAsAllowed_IsEvaluated()
    {
        using var query = ExpressionUnderTest.Ask();
        var chain = string.Join(" || ", Enumerable.Repeat("do()", 500));
        Assert.That(ExpressionUnderTest.Evaluate(chain, query), Is.EqualTo("false"));
        Assert.That(ExpressionUnderTest.MistakeIn($"{chain} || {chain}"), Does.StartWith("more than 1000 values and operators in one expression"));
        Assert.That(
            ExpressionUnderTest.MistakeIn("'" + new string('a', ExpressionSource.MaxLength) + "' == ''"),
            Is.EqualTo($"expression too long: {ExpressionSource.MaxLength + 8} > 16384 characters"));
    }

    [Test]
    public void Evaluate_TextThatGrows_FailsAtItsBound()
    {
        using var query = ExpressionUnderTest.Ask(string.Join('.', Enumerable.Repeat(new string('a', 60), 4)) + ".");
        var name = string.Join(" + ", Enumerable.Repeat("name()", 20));
        Assert.That(ExpressionUnderTest.Evaluate($"{name} + {name} == 'a'", query), Is.EqualTo("a text of more than 8192 characters"));
    }

    // A pattern that makes backtracking engines take years.
    [Test]
    public void Matches_PatternThatBacktracks_IsAnsweredAtOnce()
    {
        using var query = ExpressionUnderTest.Ask(string.Join('.', Enumerable.Repeat(new string('a', 60), 4)) + ".");
        Assert.That(ExpressionUnderTest.Evaluate("name() matches '^((a+)+\\\\.?)+b$'", query), Is.EqualTo("false"));
    }

    /// <summary>Whether it is an expression; anything thrown but a mistake fails the test.</summary>
    private static bool Try(string expression, ClusterDns.Serving.Query query)
    {
        try
        {
            var term = ExpressionUnderTest.Parse(expression);
            var evaluation = new Evaluation(query);
            term.Evaluate(ref evaluation);
            return true;
        }
        catch (CorefileException mistake)
        {
            Assert.That(mistake.Message, Does.StartWith("Corefile:3 - Error during parsing: "));
            return false;
        }
    }
}
