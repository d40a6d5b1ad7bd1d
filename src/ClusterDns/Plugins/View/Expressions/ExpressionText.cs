using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>Texts of an expression: between single or double quotes with Go's escapes, between backticks without any.</summary>
internal static class ExpressionText
{
    /// <summary>
    /// Reads from the quote at <paramref name="position"/> to behind the one that closes it. Null for a mistake, which
    /// <paramref name="mistake"/> names and <paramref name="position"/> then points at.
    /// </summary>
    public static string? Read(string source, ref int position, out string mistake)
    {
        var quote = source[position];
        var start = position++;
        var text = new StringBuilder();
        mistake = "";
        while (position < source.Length && source[position] != quote)
        {
            if (source[position] != '\\' || quote == '`')
            {
                text.Append(source[position++]);
            }
            else if (!TryReadEscape(source, ref position, text))
            {
                mistake = "invalid escape in a string; a backslash for 'matches' is written twice";
                return null;
            }
        }

        if (position >= source.Length)
        {
            position = start;
            mistake = "string not terminated";
            return null;
        }

        position++;
        return text.ToString();
    }

    private static bool TryReadEscape(string source, ref int position, StringBuilder text)
    {
        if (position + 1 >= source.Length)
        {
            return false;
        }

        var letter = source[position + 1];
        var (digits, radix, from) = letter switch
        {
            'x' => (2, 16, position + 2),
            'u' => (4, 16, position + 2),
            'U' => (8, 16, position + 2),
            >= '0' and <= '3' => (3, 8, position + 1),
            _ => (0, 0, position + 2),
        };
        if (digits > 0)
        {
            var end = from + digits;
            if (end > source.Length || !TryReadNumber(source.AsSpan(from, digits), radix, out var code)
                || !Rune.TryCreate(code, out var rune) || (code > 0x7F && letter is not ('u' or 'U')))
            {
                return false;
            }

            text.Append(rune.ToString());
            position = end;
            return true;
        }

        if (!TryMap(letter, out var character))
        {
            return false;
        }

        text.Append(character.Value);
        position += 2;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> digits, int radix, out uint number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit(digit) ? int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : radix;
            if (value >= radix)
            {
                return false;
            }

            number = (number * (uint)radix) + (uint)value;
        }

        return true;
    }

    private static bool TryMap(char letter, [NotNullWhen(true)] out char? character)
    {
        character = letter switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '\'' or '"' or '`' or '?' => letter,
            _ => null,
        };
        return character is not null;
    }
}
