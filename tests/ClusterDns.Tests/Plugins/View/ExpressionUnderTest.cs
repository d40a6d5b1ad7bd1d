using ClusterDns.Corefile;
using ClusterDns.Plugins.View;
using ClusterDns.Plugins.View.Expressions;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.View;

/// <summary>One expression, as the line of a view.</summary>
internal static class ExpressionUnderTest
{
    /// <summary>What comes of it for a query: true, false, or why it fails.</summary>
    public static string Evaluate(string expression, Query query)
    {
        var evaluation = new Evaluation(query);
        var truth = Parse(expression).Evaluate(ref evaluation).Truth;
        return evaluation.Failure ?? (truth ? "true" : "false");
    }

    /// <summary>The term of an expression as a Corefile with these words has it.</summary>
    public static Term Parse(string expression) => ExpressionParser.Parse(new ExpressionSource(Line(expression)));

    /// <summary>The expression as one word, quoted or not, that no reader of Corefiles has touched.</summary>
    public static Directive Line(string expression) => new(
        new CorefileToken("expr", "Corefile", 3), [.. expression.Split(' ').Select(word => new CorefileToken(word, "Corefile", 3))], [], HasBlock: false);

    /// <summary>The mistake in the only expression of a view, without where it is.</summary>
    public static string MistakeIn(string expression)
    {
        var view = new Directive(new CorefileToken("view", "Corefile", 2), [new CorefileToken("v", "Corefile", 2)], [Line(expression)], HasBlock: true);
        var mistake = Assert.Throws<CorefileException>(() => ViewDirective.Parse(view))!;
        Assert.That(mistake.Message, Does.StartWith("Corefile:3 - Error during parsing: "));
        return mistake.Reason;
    }

    /// <summary>A query of 10.240.0.1 to 10.96.0.10, or of others.</summary>
    public static Query Ask(string name = "WWW.example.org.", RecordType type = RecordType.A, string client = "10.240.0.1:40212") =>
        QueryFactory.Ask(name, type, client: client);
}
