namespace ClusterDns.Corefile;

/// <summary>
/// The words of a configuration as the parser meets them: where something is imported, its words come first and then
/// those behind the import. A stack of word lists, so that an import copies nothing.
/// </summary>
internal sealed class TokenStream
{
    private readonly Stack<Source> _sources = new();
    private int _readCount;

    public TokenStream(string origin, IReadOnlyList<CorefileToken> tokens)
    {
        Splice(origin, tokens);
    }

    /// <summary>The word read last: where an error at the end of the file is reported.</summary>
    public CorefileToken? Last { get; private set; }

    /// <summary>The next word; null at the end.</summary>
    public CorefileToken? Next
    {
        get
        {
            // Done only here, so that a file whose last line is an import is still open while that import is resolved.
            while (_sources.TryPeek(out var source) && source.IsAtEnd)
            {
                _sources.Pop();
            }

            return _sources.TryPeek(out var current) ? current.Next : null;
        }
    }

    /// <summary>The next word if the line goes on. An import ends its line, and so does what it brings.</summary>
    public CorefileToken? NextOnLine =>
        _sources.TryPeek(out var source) && source is { IsAtEnd: false, StartsLine: false } ? source.Next : null;

    /// <exception cref="CorefileException">More than <see cref="CorefileLimits.MaxTokens"/> words in all.</exception>
    public CorefileToken Read()
    {
        Last = Next ?? throw new InvalidOperationException("Read past the last word; look at Next first.");
        _sources.Peek().Position++;
        if (++_readCount > CorefileLimits.MaxTokens)
        {
            throw CorefileException.At(Last, $"more than {CorefileLimits.MaxTokens} words with everything imported");
        }

        return Last;
    }

    /// <summary>Puts words in front of the next one.</summary>
    /// <param name="origin">The file or snippet they come from, for <see cref="IsReading"/>.</param>
    /// <param name="tokens">May be empty.</param>
    public void Splice(string origin, IReadOnlyList<CorefileToken> tokens) => _sources.Push(new Source(origin, tokens));

    /// <summary>Whether words of this origin have been read and the next import would stand inside it.</summary>
    public bool IsReading(string origin) => _sources.Any(source => source.Position > 0 && source.Origin == origin);

    private sealed class Source(string origin, IReadOnlyList<CorefileToken> tokens)
    {
        public string Origin { get; } = origin;

        public int Position { get; set; }

        public bool IsAtEnd => Position == tokens.Count;

        public CorefileToken Next => tokens[Position];

        /// <summary>Whether the next word is the first of its line. A quoted word may reach over several.</summary>
        public bool StartsLine
        {
            get
            {
                if (Position == 0)
                {
                    return true;
                }

                var previous = tokens[Position - 1];
                return previous.File != Next.File || previous.Line + previous.Text.Count('\n') < Next.Line;
            }
        }
    }
}
