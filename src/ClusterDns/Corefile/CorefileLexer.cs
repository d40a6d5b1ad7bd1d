using System.Text;

namespace ClusterDns.Corefile;

/// <summary>Splits a file into words. Braces, commas and environment variables mean nothing yet.</summary>
internal sealed class CorefileLexer
{
    private const char ByteOrderMark = '\uFEFF';

    private readonly string _text;
    private readonly string _file;
    private readonly StringBuilder _word = new();
    private int _position;
    private int _line = 1;
    private int _lineStart;

    private CorefileLexer(string text, string file)
    {
        _text = text;
        _file = file;
        _position = text.StartsWith(ByteOrderMark) ? 1 : 0;
        _lineStart = _position;
    }

    /// <exception cref="CorefileException">More than <see cref="CorefileLimits.MaxTokens"/> words.</exception>
    public static IReadOnlyList<CorefileToken> ReadAll(string text, string file)
    {
        var lexer = new CorefileLexer(text, file);
        var tokens = new List<CorefileToken>();
        while (lexer.SkipToWord())
        {
            tokens.Add(lexer.ReadWord());
            if (tokens.Count > CorefileLimits.MaxTokens)
            {
                throw CorefileException.At(tokens[^1], $"more than {CorefileLimits.MaxTokens} words in one file");
            }
        }

        return tokens;
    }

    private bool SkipToWord()
    {
        var inComment = false;
        for (; _position < _text.Length; _position++)
        {
            var character = _text[_position];
            if (character == '\n')
            {
                EndLine();
                inComment = false;
            }
            else if (character == '#')
            {
                inComment = true;
            }
            else if (!inComment && !char.IsWhiteSpace(character))
            {
                return true;
            }
        }

        return false;
    }

    private void EndLine()
    {
        _line++;
        _lineStart = _position + 1;
    }

    private CorefileToken ReadWord()
    {
        var line = _line;
        var column = _position - _lineStart + 1;
        _word.Clear();
        if (_text[_position] == '"')
        {
            ReadQuoted();
        }
        else
        {
            ReadBare();
        }

        return new CorefileToken(_word.ToString(), _file, line, column);
    }

    /// <summary>
    /// To the next quote, over line ends too. Only <c>\"</c> is an escape, so regular expressions stay as written; of
    /// two backslashes the second escapes nothing, so <c>"a\\"</c> is a whole word.
    /// </summary>
    private void ReadQuoted()
    {
        var escaped = false;
        for (_position++; _position < _text.Length; _position++)
        {
            var character = _text[_position];
            if (character == '"' && !escaped)
            {
                _position++;
                return;
            }

            if (character == '"')
            {
                _word.Length--;
            }
            else if (character == '\n')
            {
                EndLine();
            }

            _word.Append(character);
            escaped = character == '\\' && !escaped;
        }
    }

    /// <summary>
    /// To the next white space. A comment glued to the word ends there too, as in CoreDNS: in <c>a#b c</c> only
    /// <c>#b</c> is hidden. A carriage return belongs to no word and ends none.
    /// </summary>
    private void ReadBare()
    {
        var inComment = false;
        for (; _position < _text.Length; _position++)
        {
            var character = _text[_position];
            if (character == '\r')
            {
                continue;
            }

            if (char.IsWhiteSpace(character))
            {
                return;
            }

            inComment |= character == '#';
            if (!inComment)
            {
                _word.Append(character);
            }
        }
    }
}
