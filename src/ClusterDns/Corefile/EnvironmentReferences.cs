using System.Text;

namespace ClusterDns.Corefile;

/// <summary>
/// Fills <c>{%NAME%}</c> and then <c>{$NAME}</c> in words. A word stays one word whatever a value holds; an unset
/// variable is empty.
/// </summary>
internal sealed class EnvironmentReferences(Func<string, string?> variable)
{
    private int _remaining = CorefileLimits.MaxSubstitutedLength;

    /// <exception cref="CorefileException">
    /// All values together are longer than <see cref="CorefileLimits.MaxSubstitutedLength"/>.
    /// </exception>
    public CorefileToken Fill(CorefileToken token)
    {
        var text = Fill(token, token.Text, "{%", "%}");
        text = Fill(token, text, "{$", "}");
        return ReferenceEquals(text, token.Text) ? token : token with { Text = text };
    }

    private string Fill(CorefileToken token, string text, string opening, string closing)
    {
        if (!text.Contains(opening, StringComparison.Ordinal))
        {
            return text;
        }

        var filled = new StringBuilder();
        var position = 0;
        while (Find(text, position, opening, closing) is var (start, end) && end > 0)
        {
            var value = variable(text[(start + opening.Length)..end]) ?? "";
            _remaining -= value.Length;
            if (_remaining < 0)
            {
                throw CorefileException.At(token, "environment variables make the Corefile too long");
            }

            filled.Append(text, position, start - position).Append(value);
            position = end + closing.Length;
        }

        return filled.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>Where the next reference and its name's end are. Braces without a name, <c>{$}</c>, are none.</summary>
    private static (int Start, int End) Find(string text, int from, string opening, string closing)
    {
        var start = text.IndexOf(opening, from, StringComparison.Ordinal);
        while (start >= 0 && text.IndexOf(closing, start, StringComparison.Ordinal) is var end and > 0)
        {
            if (end > start + opening.Length)
            {
                return (start, end);
            }

            start = text.IndexOf(opening, start + opening.Length, StringComparison.Ordinal);
        }

        return (0, 0);
    }
}
