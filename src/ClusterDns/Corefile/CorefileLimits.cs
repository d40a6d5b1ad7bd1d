namespace ClusterDns.Corefile;

/// <summary>
/// Bounds of what is read for one configuration. Real Corefiles stay under a hundredth of each; a file that was made to
/// fill the memory, or a loop of imports, ends in an error instead.
/// </summary>
internal static class CorefileLimits
{
    /// <summary>Octets of one file.</summary>
    public const int MaxFileLength = 4 * 1024 * 1024;

    /// <summary>Words of one file, and of the configuration with imported ones counted at every import.</summary>
    public const int MaxTokens = 1_000_000;

    /// <summary>Characters that environment variables may put in, all together.</summary>
    public const int MaxSubstitutedLength = 4 * 1024 * 1024;

    /// <summary>Braces within braces. Plugins offer one level.</summary>
    public const int MaxNesting = 100;

    /// <summary>Uses of <c>import</c> with the name of a snippet; CoreDNS's number.</summary>
    public const int MaxSnippetImports = 10_000;

    /// <summary>Uses of <c>import</c> with a file or pattern; CoreDNS's number.</summary>
    public const int MaxFileImports = 100_000;
}
