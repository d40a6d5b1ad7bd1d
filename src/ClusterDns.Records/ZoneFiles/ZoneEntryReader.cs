using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace ClusterDns.Records.ZoneFiles;

/// <summary>
/// Cuts a zone file into entries: a line each, or several where parentheses hold them together (RFC 1035, 5.1). Holds one
/// entry and a buffer, however long the file.
/// </summary>
internal sealed class ZoneEntryReader(Stream file, ZoneReadBudget budget) : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly ArrayBufferWriter<byte> _entry = new();
    private int _position;
    private int _length;
    private int _line = 1;
    private bool _isBegun;
    private int _entryLine;
    private int _depth;
    private bool _isQuoted;
    private bool _isComment;
    private bool _isEscaped;

    /// <summary>The line of the entry that was given last, or of the mistake.</summary>
    public int Line { get; private set; }

    /// <summary>
    /// The next entry that holds more than blanks. False at the end of the file, and for a mistake, which
    /// <paramref name="error"/> then tells: nothing more can be read.
    /// </summary>
    public bool TryRead(out ZoneEntry entry, out string? error)
    {
        entry = default;
        _entry.ResetWrittenCount();
        _entryLine = 0;
        while (true)
        {
            if (!TryTake(out var octet, out error))
            {
                return error is null ? TryEndFile(out entry, out error) : Fail();
            }

            if (octet == '\n')
            {
                if (TryEndLine(out var isEntry, out error) && isEntry)
                {
                    return TryEnd(out entry, out error);
                }
            }
            else
            {
                error = _isComment ? null : Add(octet);
            }

            if (error is not null)
            {
                return Fail();
            }
        }
    }

    public void Dispose() => file.Dispose();

    private bool TryTake(out byte octet, out string? error)
    {
        error = null;
        octet = 0;
        if (_position == _length && !TryFill(out error))
        {
            return false;
        }

        octet = _buffer[_position++];
        return true;
    }

    private bool TryFill(out string? error)
    {
        error = null;
        try
        {
            _length = file.Read(_buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file is somebody else's: a directory, or gone with its disk.
            error = failure.Message;
            return false;
        }

        _position = 0;
        if (!_isBegun && _buffer.AsSpan(0, _length).StartsWith(Encoding.UTF8.Preamble))
        {
            _position = Encoding.UTF8.Preamble.Length;
        }

        _isBegun = true;
        if (!budget.TryTakeOctets(_length))
        {
            error = $"there are more than {ZoneFileLimits.MaxOctets} octets, included files among them";
            return false;
        }

        return _position < _length;
    }

    private string? Add(byte octet)
    {
        if (octet < ' ' && octet is not ((byte)'\t' or (byte)'\r'))
        {
            return $"there is a control character, which is written \\{octet:000}";
        }

        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (octet == '\\')
        {
            _isEscaped = true;
        }
        else if (octet == '"')
        {
            _isQuoted = !_isQuoted;
        }
        else if (!_isQuoted)
        {
            switch (octet)
            {
                case (byte)';':
                    _isComment = true;
                    return null;
                case (byte)'(':
                    _depth++;
                    break;
                case (byte)')' when --_depth < 0:
                    return "a closing parenthesis has no opening one";
            }
        }

        if (_entryLine == 0 && octet is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
        {
            _entryLine = _line;
        }

        _entry.Write([octet]);
        return _entry.WrittenCount > ZoneFileLimits.MaxEntryLength
            ? $"the record has more than {ZoneFileLimits.MaxEntryLength} octets"
            : null;
    }

    private bool TryEndLine(out bool isEntry, out string? error)
    {
        isEntry = _depth == 0 && _entryLine > 0;
        error = _isQuoted ? "a quote is not closed" : null;
        _line += error is null ? 1 : 0;
        _isComment = false;
        _isEscaped = false;
        if (_depth > 0)
        {
            _entry.Write("\n"u8);
        }
        else if (!isEntry)
        {
            _entry.ResetWrittenCount();
        }

        return error is null;
    }

    private bool TryEndFile(out ZoneEntry entry, out string? error)
    {
        entry = default;
        error = _isQuoted ? "a quote is not closed" : _depth > 0 ? "a parenthesis is not closed" : null;
        if (error is not null)
        {
            return Fail();
        }

        return _entryLine > 0 && TryEnd(out entry, out error);
    }

    private bool TryEnd(out ZoneEntry entry, [NotNullWhen(false)] out string? error)
    {
        var octets = _entry.WrittenSpan;
        Line = _entryLine;
        if (!Utf8.IsValid(octets))
        {
            entry = default;
            error = "the octets are not UTF-8; any octet can be written as \\DDD";
            return false;
        }

        error = null;
        entry = new ZoneEntry(Encoding.UTF8.GetString(octets), _entryLine, octets[0] is not ((byte)' ' or (byte)'\t'));
        return true;
    }

    private bool Fail()
    {
        Line = _entryLine > 0 ? _entryLine : _line;
        return false;
    }
}
