using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ClusterDns.Corefile;

/// <summary>
/// Regular expressions of Corefiles, which are written for Go's RE2: matching takes time linear in the text, whatever
/// the pattern, so neither the author nor who sends the text can stall the server.
/// </summary>
internal static class GoPattern
{
    /// <summary>Longest pattern, in characters, as for CoreDNS.</summary>
    public const int MaxLength = 10_000;

    private static readonly (string Class, string Members)[] PosixClasses =
    [
        ("[:alnum:]", "0-9A-Za-z"),
        ("[:alpha:]", "A-Za-z"),
        ("[:digit:]", "0-9"),
        ("[:lower:]", "a-z"),
        ("[:upper:]", "A-Z"),
        ("[:space:]", @"\t\n\v\f\r "),
        ("[:word:]", "0-9A-Za-z_"),
        ("[:xdigit:]", "0-9A-Fa-f"),
    ];

    /// <summary>Compiles a pattern; on failure <paramref name="mistake"/> is a sentence about it.</summary>
    public static bool TryCompile(
        string pattern,
        [NotNullWhen(true)] out Regex? compiled,
        [NotNullWhen(false)] out string? mistake)
    {
        compiled = null;
        mistake = null;
        if (pattern.Length > MaxLength)
        {
            mistake = $"regex pattern too long: {pattern.Length} > {MaxLength}";
            return false;
        }

        try
        {
            compiled = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            // Not a pattern, or one that needs backtracking, which RE2 refuses too.
            mistake = $"error parsing regexp: {failure.Message}";
            return false;
        }
    }

    /// <summary>Like the other, with groups numbered as in Go.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="compiled">Its groups have numbers and no names.</param>
    /// <param name="groupNames">The whole match first, then each group: its name, or nothing.</param>
    /// <param name="mistake">A sentence about what is wrong.</param>
    public static bool TryCompile(
        string pattern,
        [NotNullWhen(true)] out Regex? compiled,
        out IReadOnlyList<string> groupNames,
        [NotNullWhen(false)] out string? mistake)
    {
        var names = new List<string> { "" };
        groupNames = names;
        var expression = pattern.Length <= MaxLength && GoGroupNames.TryTakeNames(pattern, names, out var nameless)
            ? nameless
            : pattern;
        return TryCompile(expression, out compiled, out mistake);
    }

    // Where the two dialects spell one thing differently.
    private static string Translate(string pattern)
    {
        var translated = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
        foreach (var (posixClass, members) in PosixClasses)
        {
            translated = translated.Replace(posixClass, members, StringComparison.Ordinal);
        }

        return translated;
    }
}
