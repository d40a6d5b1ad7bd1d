using System.Collections.Frozen;
using System.Globalization;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class ExpressionLexer(ExpressionSource source)
{
    // The longer ones first: the first that fits is taken.
    private static readonly string[] Signs =
    [
        "&&", "||", "==", "!=", "<=", ">=", "**", "..", "??", "?.", "::",
        "!", "<", ">", "+", "-", "*", "/", "%", "^", "?", ":", ",", ".", "|", "#", ";", "=", "(", ")", "[", "]", "{", "}",
    ];

    private static readonly FrozenSet<string> Words = FrozenSet.Create(
        "and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith", "let", "if", "else");

    private readonly string _text = source.Text;
    private int _position;

    /// <summary>All tokens; the last one is the end.</summary>
    /// <exception cref="Corefile.CorefileException">Something is no token.</exception>
    public List<ExpressionToken> ReadAll()
    {
        var tokens = new List<ExpressionToken>();
        while (SkipBlanks())
        {
            tokens.Add(Read());
        }

        tokens.Add(new ExpressionToken(TokenKind.End, "", _text.Length));
        return tokens;
    }

    private bool SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_position]))
            {
                _position++;
            }
            else if (Follows("//") || Follows("/*"))
            {
                SkipComment(Follows("//") ? "\n" : "*/");
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipComment(string end)
    {
        var close = _text.IndexOf(end, _position + 2, StringComparison.Ordinal);
        if (close < 0 && end == "*/")
        {
            throw source.Error(_position, "unclosed comment");
        }

        _position = close < 0 ? _text.Length : close + end.Length;
    }

    private ExpressionToken Read()
    {
        var first = _text[_position];
        if (first is '\'' or '"' or '`')
        {
            return ReadText();
        }

        if (char.IsAsciiDigit(first) || (first == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
        {
            return ReadNumber();
        }

        if (IsOfName(first))
        {
            return ReadName();
        }

        var sign = Array.Find(Signs, Follows) ?? throw source.Error(_position, $"unrecognized character '{first}'");
        _position += sign.Length;
        return new ExpressionToken(TokenKind.Sign, sign, _position - sign.Length);
    }

    private ExpressionToken ReadName()
    {
        var start = _position;
        while (_position < _text.Length && (IsOfName(_text[_position]) || char.IsAsciiDigit(_text[_position])))
        {
            _position++;
        }

        var name = _text[start.._position];
        return new ExpressionToken(Words.Contains(name) ? TokenKind.Sign : TokenKind.Name, name, start);
    }

    private ExpressionToken ReadText()
    {
        var start = _position;
        var text = ExpressionText.Read(_text, ref _position, out var mistake)
            ?? throw source.Error(Math.Min(_position, _text.Length), mistake);
        return new ExpressionToken(TokenKind.Text, text, start);
    }

    private ExpressionToken ReadNumber()
    {
        var start = _position;
        var isReal = false;
        var style = _text[_position] == '0' && _position + 1 < _text.Length ? char.ToLowerInvariant(_text[_position + 1]) : ' ';
        if (style is 'x' or 'o' or 'b')
        {
            _position += 2;
            SkipWhile(static character => char.IsAsciiHexDigit(character) || character == '_');
        }
        else
        {
            style = ' ';
            SkipDigits();
            if (_position < _text.Length && _text[_position] == '.' && !Follows(".."))
            {
                isReal = true;
                _position++;
                SkipDigits();
            }

            if (_position < _text.Length && _text[_position] is 'e' or 'E')
            {
                isReal = true;
                _position++;
                _position += _position < _text.Length && _text[_position] is '+' or '-' ? 1 : 0;
                SkipDigits();
            }
        }

        if (_position < _text.Length && IsOfName(_text[_position]))
        {
            throw source.Error(start, $"bad number syntax: '{_text[start..(_position + 1)]}'");
        }

        var written = _text[start.._position];
        return TryParse(written.Replace("_", "", StringComparison.Ordinal), style, isReal, out var number)
            ? new ExpressionToken(isReal ? TokenKind.Real : TokenKind.Whole, written, start, number)
            : throw source.Error(start, $"bad number: '{written}'");
    }

    private static bool TryParse(string digits, char style, bool isReal, out Value value)
    {
        if (isReal)
        {
            var isNumber = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real);
            value = Value.Of(real);
            return isNumber && double.IsFinite(real);
        }

        long whole;
        var isWhole = style switch
        {
            'x' => long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out whole) && whole >= 0,
            'b' => long.TryParse(digits.AsSpan(2), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out whole) && whole >= 0,
            'o' => TryParseOctal(digits.AsSpan(2), out whole),
            _ => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out whole),
        };
        value = Value.Of(whole);
        return isWhole;
    }

    private static bool TryParseOctal(ReadOnlySpan<char> digits, out long number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7' || number > long.MaxValue >> 3)
            {
                return false;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return !digits.IsEmpty;
    }

    private void SkipDigits() => SkipWhile(static character => char.IsAsciiDigit(character) || character == '_');

    private void SkipWhile(Func<char, bool> isPart)
    {
        while (_position < _text.Length && isPart(_text[_position]))
        {
            _position++;
        }
    }

    private bool Follows(string sign) => string.CompareOrdinal(_text, _position, sign, 0, sign.Length) == 0;

    private static bool IsOfName(char character) => char.IsAsciiLetter(character) || character is '_' or '$';
}
