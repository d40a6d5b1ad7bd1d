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
}
