namespace ClusterDns.Plugins.View.Expressions;

/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; what a text is without quotes and escapes.</param>
/// <param name="Position">Where it begins in the expression, from 0.</param>
/// <param name="Number">The value of a number.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, string Text, int Position, Value Number = default)
{
    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    /// <summary>For messages.</summary>
    public string Shown => Kind == TokenKind.End ? "end of the expression" : $"'{Text}'";
}
