using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>An expression as it stands in the Corefile: the words of a line, with a blank between each two.</summary>
internal sealed class ExpressionSource
{
    /// <summary>Characters that an expression may have.</summary>
    public const int MaxLength = 16_384;

    private readonly Directive _line;

    /// <exception cref="CorefileException">The line says nothing, or too much.</exception>
    public ExpressionSource(Directive line)
    {
        line.ExpectNoBlock();
        line.ExpectArguments(1);
        _line = line;
        Text = string.Join(' ', line.Arguments.Select(word => word.Text));
        if (Text.Length > MaxLength)
        {
            throw line.Error($"expression too long: {Text.Length} > {MaxLength} characters");
        }
    }

    public string Text { get; }

    /// <summary>
    /// A mistake at a character of the expression, counted from 0. It is the whole line's: no other word in the place of
    /// one would make sense of the rest.
    /// </summary>
    /// <param name="position">The character.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">What to do about it, with the comma or semicolon in front.</param>
    public CorefileException Error(int position, string message, string hint = "") =>
        _line.Error($"{message}, at character {position + 1} of the expression{hint}");
}
