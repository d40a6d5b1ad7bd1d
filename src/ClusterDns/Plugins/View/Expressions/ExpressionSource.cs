using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>An expression as it stands in the Corefile: the words of a line, with a blank between each two.</summary>
internal sealed class ExpressionSource
{
    /// <summary>Characters that an expression may have.</summary>
    public const int MaxLength = 16_384;

    private readonly CorefileToken[] _words;

    /// <exception cref="CorefileException">The line says nothing, or too much.</exception>
    public ExpressionSource(Directive line)
    {
        line.ExpectNoBlock();
        line.ExpectArguments(1);
        _words = [.. line.Arguments];
        Text = string.Join(' ', _words.Select(word => word.Text));
        if (Text.Length > MaxLength)
        {
            throw line.Error($"expression too long: {Text.Length} > {MaxLength} characters");
        }
    }

    public string Text { get; }

    /// <summary>A mistake at a character of the expression, counted from 0.</summary>
    public CorefileException Error(int position, string message)
    {
        var begin = 0;
        var index = 0;
        while (index < _words.Length - 1 && position > begin + _words[index].Text.Length)
        {
            begin += _words[index].Text.Length + 1;
            index++;
        }

        return CorefileException.At(_words[index], $"{message}, at character {position + 1} of the expression");
    }
}
