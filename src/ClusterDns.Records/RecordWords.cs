using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ClusterDns.Records;

/// <summary>
/// Cuts a record into words (RFC 1035, 5.1): between blanks, or between quotes; within parentheses a line end is a
/// blank; a semicolon begins a comment.
/// </summary>
internal ref struct RecordWords
{
    private readonly ReadOnlySpan<char> _text;
    private readonly List<RecordWord> _words = [];
    private int _position;
    private int _depth;

    private RecordWords(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The words of the only record in the text.</summary>
    public static bool TryCut(
        ReadOnlySpan<char> text, out List<RecordWord> words, [NotNullWhen(false)] out string? error)
    {
        var cutter = new RecordWords(text);
        words = cutter._words;
        error = cutter.Cut();
        return error is null;
    }

    private string? Cut()
    {
        while (_position < _text.Length)
        {
            var character = _text[_position];
            switch (character)
            {
                case ' ' or '\t' or '\r':
                    _position++;
                    break;
                case '\n':
                    _position++;
                    if (_depth == 0 && _words.Count > 0)
                    {
                        return ExpectNothingMore();
                    }

                    break;
                case ';':
                    SkipComment();
                    break;
                case '(':
                    _position++;
                    _depth++;
                    break;
                case ')':
                    _position++;
                    if (--_depth < 0)
                    {
                        return "a closing parenthesis has no opening one";
                    }

                    break;
                case '"':
                    var quoted = new StringBuilder();
                    if (!TryReadQuoted(quoted))
                    {
                        return "a quote is not closed";
                    }

                    _words.Add(new RecordWord(quoted.ToString(), IsQuoted: true));
                    break;
                default:
                    if (!TryReadBare())
                    {
                        return "a quote is not closed";
                    }

                    break;
            }
        }

        return _depth == 0 ? null : "a parenthesis is not closed";
    }

    // Blank lines and comments may follow; a second record would be lost.
    private string? ExpectNothingMore()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] == ';')
            {
                SkipComment();
            }
            else if (char.IsWhiteSpace(_text[_position]))
            {
                _position++;
            }
            else
            {
                return "there is more than one line";
            }
        }

        return null;
    }

    private void SkipComment()
    {
        while (_position < _text.Length && _text[_position] != '\n')
        {
            _position++;
        }
    }

    private bool TryReadQuoted(StringBuilder word)
    {
        for (_position++; _position < _text.Length; _position++)
        {
            var character = _text[_position];
            if (character == '"')
            {
                _position++;
                return true;
            }

            word.Append(character);
            if (character == '\\' && _position + 1 < _text.Length)
            {
                word.Append(_text[++_position]);
            }
        }

        return false;
    }

    // Quotes inside belong to the word, as in alpn="h2,h3" (RFC 9460, appendix A).
    private bool TryReadBare()
    {
        var word = new StringBuilder();
        while (_position < _text.Length && _text[_position] is not (' ' or '\t' or '\r' or '\n' or ';' or '(' or ')'))
        {
            var character = _text[_position];
            if (character == '"')
            {
                if (!TryReadQuoted(word))
                {
                    return false;
                }

                continue;
            }

            word.Append(character);
            _position++;
            if (character == '\\' && _position < _text.Length)
            {
                word.Append(_text[_position++]);
            }
        }

        _words.Add(new RecordWord(word.ToString(), IsQuoted: false));
        return true;
    }
}
