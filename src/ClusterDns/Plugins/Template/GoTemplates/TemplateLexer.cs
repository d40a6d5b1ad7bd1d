using System.Globalization;
using System.Text;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>Cuts a template into text and the tokens of its actions; trims what the markers <c>{{- -}}</c> ask for.</summary>
internal sealed class TemplateLexer
{
    private const string Open = "{{";
    private const string Close = "}}";
    private const string Blanks = " \t\r\n";

    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _position;
    private bool _trimsNext;

    private TemplateLexer(string source) => _source = source;

    /// <exception cref="GoTemplateException">The template cannot be cut into tokens.</exception>
    public static IReadOnlyList<Token> Cut(string source)
    {
        var lexer = new TemplateLexer(source);
        lexer.Cut();
        return lexer._tokens;
    }

    private void Cut()
    {
        while (_position < _source.Length)
        {
            var open = _source.IndexOf(Open, _position, StringComparison.Ordinal);
            AddText(open < 0 ? _source.Length : open, trimsEnd: open >= 0 && IsTrimMarker(open + Open.Length));
            if (open < 0)
            {
                break;
            }

            _position = open + Open.Length;
            _position += IsTrimMarker(_position) ? 2 : 0;
            CutAction(open);
        }

        Add(TokenKind.End, "", _source.Length);
    }

    // The blank belongs to the marker: {{-3}} is a number.
    private bool IsTrimMarker(int position) =>
        position + 1 < _source.Length && _source[position] == '-' && Blanks.Contains(_source[position + 1]);

    private void AddText(int end, bool trimsEnd)
    {
        var text = _source.AsSpan(_position, end - _position);
        text = _trimsNext ? text.TrimStart(Blanks) : text;
        text = trimsEnd ? text.TrimEnd(Blanks) : text;
        if (!text.IsEmpty)
        {
            Add(TokenKind.Text, text.ToString(), _position);
        }

        _position = end;
        _trimsNext = false;
    }

    private void CutAction(int open)
    {
        if (TrySkipComment())
        {
            return;
        }

        Add(TokenKind.Open, Open, open);
        while (!TryClose())
        {
            if (_position >= _source.Length)
            {
                throw new GoTemplateException("unclosed action");
            }

            ReadToken();
        }
    }

    private bool TrySkipComment()
    {
        if (!_source.AsSpan(_position).TrimStart(Blanks).StartsWith("/*"))
        {
            return false;
        }

        var end = _source.IndexOf("*/", _position, StringComparison.Ordinal);
        _position = end < 0 ? _source.Length : end + 2;
        return TryReadClose() ? true : throw new GoTemplateException("unclosed comment");
    }

    private bool TryClose()
    {
        var start = _position;
        if (!TryReadClose())
        {
            return false;
        }

        Add(TokenKind.Close, Close, start);
        return true;
    }

    private bool TryReadClose()
    {
        var rest = _source.AsSpan(_position);
        if (rest.Length >= 4 && Blanks.Contains(rest[0]) && rest[1..].StartsWith("-}}"))
        {
            _trimsNext = true;
            _position += 4;
            return true;
        }

        if (rest.StartsWith(Close))
        {
            _position += Close.Length;
            return true;
        }

        return false;
    }

    private void ReadToken()
    {
        var start = _position;
        var character = _source[_position];
        if (Blanks.Contains(character))
        {
            _position++;
        }
        else if (character is '"' or '`' or '\'')
        {
            ReadQuoted(character);
        }
        else if (character is '|' or '(' or ')' or ',' or '=' || _source.AsSpan(_position).StartsWith(":="))
        {
            _position += character == ':' ? 2 : 1;
            Add(TokenKind.Mark, _source[start.._position], start);
        }
        else if (character == '.')
        {
            _position++;
            Add(TokenKind.Field, ReadName(), start);
        }
        else if (character == '$')
        {
            _position++;
            Add(TokenKind.Variable, "$" + ReadName(), start);
        }
        else if (char.IsAsciiDigit(character) || character is '-' or '+')
        {
            _position++;
            ReadName();
            Add(TokenKind.Number, _source[start.._position], start);
        }
        else if (ReadName() is { Length: > 0 } word)
        {
            Add(TokenKind.Word, word, start);
        }
        else
        {
            throw new GoTemplateException($"unexpected {Describe(character)} in an action");
        }
    }

    private static string Describe(char character) =>
        char.IsControl(character) ? $"U+{(int)character:X4}" : $"\"{character}\"";

    private string ReadName()
    {
        var start = _position;
        while (_position < _source.Length && (char.IsLetterOrDigit(_source[_position]) || _source[_position] == '_'))
        {
            _position++;
        }

        return _source[start.._position];
    }

    private void ReadQuoted(char quote)
    {
        var start = _position++;
        var text = new StringBuilder();
        while (_position < _source.Length && _source[_position] != quote)
        {
            if (_source[_position] == '\\' && quote != '`')
            {
                text.Append(ReadEscape());
            }
            else
            {
                text.Append(_source[_position++]);
            }
        }

        if (_position >= _source.Length)
        {
            throw new GoTemplateException("unterminated quoted string");
        }

        _position++;
        if (quote != '\'')
        {
            Add(TokenKind.String, text.ToString(), start);
            return;
        }

        // A character is a number.
        if (text.Length != 1)
        {
            throw new GoTemplateException("malformed character constant");
        }

        Add(TokenKind.Number, ((int)text[0]).ToString(CultureInfo.InvariantCulture), start);
    }

    private char ReadEscape()
    {
        _position++;
        var character = _position < _source.Length ? _source[_position++] : '\0';
        return character switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '\\' or '"' or '\'' => character,
            _ => throw new GoTemplateException($"escape \\{character} is not supported in a string"),
        };
    }

    private void Add(TokenKind kind, string text, int start) =>
        _tokens.Add(new Token(kind, text, start, start == 0 || !Blanks.Contains(_source[start - 1])));
}
