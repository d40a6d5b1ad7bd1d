namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>A piece of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, see <see cref="TokenKind"/>.</param>
/// <param name="Position">Where it begins in the template, in characters.</param>
/// <param name="IsGlued">No blank stands in front of it: <c>.Group.a</c> is one thing, <c>.Group .a</c> two.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, bool IsGlued);
