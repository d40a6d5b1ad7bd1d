namespace ClusterDns.Plugins.View.Expressions;

internal enum TokenKind
{
    End,
    Name,
    Whole,
    Real,
    Text,

    /// <summary>An operator, a bracket or a comma; the words that are operators too.</summary>
    Sign,
}
