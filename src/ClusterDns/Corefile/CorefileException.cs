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

    /// <summary>The same mistake, in the same words, with a closer look at where it is.</summary>
    public CorefileException PlacedAt(CorefileToken place) => new(Message, place, Reason, Plugin);
}
