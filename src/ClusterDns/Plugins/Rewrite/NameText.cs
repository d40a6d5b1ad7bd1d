using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// A name while it is rewritten: in lower case, on the wire and as text with the final dot, which is what patterns are
/// written for. Used again and again by one thread, so that rewriting makes no garbage.
/// </summary>
internal sealed class NameText
{
    /// <summary>Characters that a rewritten name may have before it is read; the longest name there is has 1,021.</summary>
    public const int MaxDraftLength = 4096;

    private readonly byte[] _wire = new byte[WireName.MaxLength];
    private readonly char[] _text = new char[(WireName.MaxLength * 4) + 1];
    private readonly char[] _draft = new char[MaxDraftLength];
    private int _length;
    private int _textLength;
    private int _draftLength;

    /// <summary>Length-prefixed labels and the root octet, in lower case.</summary>
    public ReadOnlySpan<byte> Wire => _wire.AsSpan(0, _length);

    /// <summary>Presentation form in lower case, written when it is first asked for.</summary>
    public ReadOnlySpan<char> Text
    {
        get
        {
            if (_textLength == 0)
            {
                _textLength = WireName.Format(Wire, _text);
            }

            return _text.AsSpan(0, _textLength);
        }
    }

    /// <summary>What <see cref="TrySet(ReadOnlySpan{char}, ReadOnlySpan{char}, ReadOnlySpan{char})"/> was given last, for a message.</summary>
    public ReadOnlySpan<char> Draft => _draft.AsSpan(0, _draftLength);

    /// <summary>A whole name in any letter case.</summary>
    public void Set(ReadOnlySpan<byte> name)
    {
        WireName.ToLower(name, _wire);
        _length = name.Length;
        _textLength = 0;
    }

    /// <summary>
    /// Sets the name that the three parts make together; they may be parts of <see cref="Text"/>. False, and the name
    /// stays, when they make none: a label over 63 octets, a name over 255, an empty label.
    /// </summary>
    public bool TrySet(ReadOnlySpan<char> front, ReadOnlySpan<char> middle, ReadOnlySpan<char> back)
    {
        _draftLength = 0;
        if (!TryAppend(front) || !TryAppend(middle) || !TryAppend(back))
        {
            return false;
        }

        return TrySetDraft();
    }

    /// <summary>Sets the name with each <paramref name="old"/> in its text replaced, like <c>TrySet</c>.</summary>
    public bool TryReplaceAll(ReadOnlySpan<char> old, ReadOnlySpan<char> replacement)
    {
        _draftLength = 0;
        var rest = Text;
        for (int at; (at = rest.IndexOf(old)) >= 0; rest = rest[(at + old.Length)..])
        {
            if (!TryAppend(rest[..at]) || !TryAppend(replacement))
            {
                return false;
            }
        }

        return TryAppend(rest) && TrySetDraft();
    }

    private bool TrySetDraft()
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];
        if (!WireName.TryParse(Draft, wire, out var length))
        {
            return false;
        }

        Set(wire[..length]);
        return true;
    }

    private bool TryAppend(ReadOnlySpan<char> part)
    {
        var isPossible = part.TryCopyTo(_draft.AsSpan(_draftLength));
        _draftLength += isPossible ? part.Length : 0;
        return isPossible;
    }
}
