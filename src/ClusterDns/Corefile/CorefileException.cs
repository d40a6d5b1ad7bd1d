namespace ClusterDns.Corefile;

/// <summary>
/// A mistake in a Corefile, worded for the person who wrote it. Thrown while a configuration is read and set up, caught
/// in the one place that loads configurations, or gathered by <see cref="CorefileMistakes"/>.
/// </summary>
internal sealed class CorefileException : Exception
{
    public CorefileException(string message)
        : base(message)
    {
        Reason = message;
    }

    private CorefileException(string message, CorefileToken? place, string reason, string? plugin = null)
        : base(message)
    {
        Place = place;
        Reason = reason;
        Plugin = plugin;
    }

    /// <summary>The word that is wrong, or the first of the line that is; null where no word is to blame.</summary>
    public CorefileToken? Place { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>The plugin whose set-up found it; null for the reader.</summary>
    public string? Plugin { get; }

    /// <summary><c>FILE:LINE - Error during parsing: MESSAGE</c></summary>
    public static CorefileException At(CorefileToken token, string message) =>
        new($"{token.File}:{token.Line} - Error during parsing: {message}", token, message);

    /// <summary><c>FILE:LINE - Syntax error: Unexpected token 'X', expecting 'Y'</c></summary>
    public static CorefileException Unexpected(CorefileToken token, string expected)
    {
        var reason = $"Unexpected token '{token.Shown}', expecting '{expected}'";
        return new($"{token.File}:{token.Line} - Syntax error: {reason}", token, reason);
    }

    /// <summary><c>FILE:LINE - MESSAGE</c>, for what shows only when the server blocks are looked at.</summary>
    public static CorefileException AtKey(CorefileToken key, string message) =>
        new($"{key.File}:{key.Line} - {message}", key, message);

    /// <summary>The same mistake as a plugin's set-up reports it: <c>plugin/NAME: </c> in front.</summary>
    public CorefileException InPlugin(string name) => new($"plugin/{name}: {Message}", Place, Reason, name);

    /// <summary>Whether the place is in this line, or in what it has between braces.</summary>
    public bool IsIn(Directive line) =>
        Place is { } place
        && (line.NameToken.IsAt(place) || line.IndexOf(place) >= 0 || line.Properties.Any(IsIn));

    /// <summary>
    /// The same mistake, in the same words, with a closer look: what is told of a whole line is in the one argument that
    /// it quotes, if it quotes one.
    /// </summary>
    public CorefileException PlacedIn(Directive line)
    {
        if (Place is not { } place || !line.NameToken.IsAt(place))
        {
            return this;
        }

        var quoted = line.Arguments.Where(argument => Quotes(argument.Text, asWord: false)).ToList();
        var word = quoted.Count == 1 ? quoted[0] : Single(quoted.Where(argument => Quotes(argument.Text, asWord: true)));
        return word is null ? this : new(Message, word, Reason, Plugin);
    }

    private static CorefileToken? Single(IEnumerable<CorefileToken> words) => words.Take(2).ToList() is [var word] ? word : null;

    /// <param name="word">What may be quoted.</param>
    /// <param name="asWord">Only between quotes, or as the last of the sentence.</param>
    private bool Quotes(string word, bool asWord)
    {
        for (var at = Reason.IndexOf(word, StringComparison.Ordinal);
             at >= 0 && word.Length > 0;
             at = Reason.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var before = at == 0 ? ' ' : Reason[at - 1];
            var after = at + word.Length == Reason.Length ? '\'' : Reason[at + word.Length];
            if (asWord ? after is '\'' or '"' : !char.IsLetterOrDigit(before) && !char.IsLetterOrDigit(after))
            {
                return true;
            }
        }

        return false;
    }
}
