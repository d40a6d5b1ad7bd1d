using System.Buffers;

namespace ClusterDns.Kubernetes.Manifests.Labels;

/// <summary>Cuts a label selector into tokens and stands on one of them.</summary>
internal ref struct LabelTokens
{
    private const string Blanks = " \t\r\n";
    private const string Symbols = "=!(),<>";

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(Blanks + Symbols);

    private ReadOnlySpan<char> _rest;

    public LabelTokens(ReadOnlySpan<char> text)
    {
        _rest = text;
        Move();
    }

    public LabelTokenKind Kind { get; private set; }

    /// <summary>The token's characters.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Steps to the next token; stays on the end.</summary>
    public void Move()
    {
        _rest = _rest.TrimStart(Blanks);
        (Kind, var length) = Recognize(_rest);
        Text = _rest[..length];
        _rest = _rest[length..];
    }

    /// <summary>Steps over a token of this kind; false, and no step, on any other.</summary>
    public bool TryMove(LabelTokenKind kind)
    {
        if (Kind != kind)
        {
            return false;
        }

        Move();
        return true;
    }

    private static (LabelTokenKind Kind, int Length) Recognize(ReadOnlySpan<char> text) =>
        text.IsEmpty ? (LabelTokenKind.End, 0) : text[0] switch
        {
            ',' => (LabelTokenKind.Comma, 1),
            '(' => (LabelTokenKind.OpenParenthesis, 1),
            ')' => (LabelTokenKind.CloseParenthesis, 1),
            '=' => (LabelTokenKind.Equals, text.StartsWith("==") ? 2 : 1),
            '!' => text.StartsWith("!=") ? (LabelTokenKind.NotEquals, 2) : (LabelTokenKind.Not, 1),
            '<' or '>' => (LabelTokenKind.Unknown, 1),
            _ => (LabelTokenKind.Word, WordLength(text)),
        };

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(WordEnds);
        return end < 0 ? text.Length : end;
    }
}
