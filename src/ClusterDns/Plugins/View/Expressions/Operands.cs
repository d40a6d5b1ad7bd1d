using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>An operator between two terms.</summary>
internal sealed record Operands(ExpressionToken Sign, Term Left, Term Right, ExpressionSource Source)
{
    public bool AreNumbers => Left.Kind.IsNumber && Right.Kind.IsNumber;

    public bool AreWhole => Left.Kind == ValueKind.Whole && Right.Kind == ValueKind.Whole;

    public bool AreTexts => Left.Kind == ValueKind.Text && Right.Kind == ValueKind.Text;

    public bool AreTruths => Left.Kind == ValueKind.Boolean && Right.Kind == ValueKind.Boolean;

    public CorefileException Mismatch() =>
        Error($"invalid operation: {Sign.Text} (mismatched types {Left.Kind} and {Right.Kind})");

    public CorefileException Error(string message) => Source.Error(Sign.Position, message);
}
