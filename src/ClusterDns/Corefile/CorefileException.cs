namespace ClusterDns.Corefile;

/// <summary>
/// A mistake in a Corefile, worded for the person who wrote it. Thrown while a configuration is read and set up, caught
/// in the one place that loads configurations.
/// </summary>
internal sealed class CorefileException : Exception
{
    public CorefileException(string message)
        : base(message)
    {
    }

    /// <summary><c>FILE:LINE - Error during parsing: MESSAGE</c></summary>
    public static CorefileException At(CorefileToken token, string message) =>
        new($"{token.File}:{token.Line} - Error during parsing: {message}");

    /// <summary><c>FILE:LINE - Syntax error: Unexpected token 'X', expecting 'Y'</c></summary>
    public static CorefileException Unexpected(CorefileToken token, string expected) =>
        new($"{token.File}:{token.Line} - Syntax error: Unexpected token '{token.Shown}', expecting '{expected}'");

    /// <summary><c>FILE:LINE - MESSAGE</c>, for what shows only when the server blocks are looked at.</summary>
    public static CorefileException AtKey(CorefileToken key, string message) =>
        new($"{key.File}:{key.Line} - {message}");

    /// <summary>The same mistake as a plugin's set-up reports it: <c>plugin/NAME: </c> in front.</summary>
    public CorefileException InPlugin(string name) => new($"plugin/{name}: {Message}");
}
