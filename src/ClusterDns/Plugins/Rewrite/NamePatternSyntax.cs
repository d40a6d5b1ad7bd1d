using System.Globalization;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>How names and patterns are written.</summary>
internal static class NamePatternSyntax
{
    public const string Regex = "regex";

    // CoreDNS looks for references up to this one.
    private const int LastReference = 100;

    /// <summary>Lower case with the final dot; a prefix gets one too, so it ends where a label does.</summary>
    public static string Normalize(string name)
    {
        var lower = name.ToLowerInvariant();
        return lower.EndsWith('.') && !IsEscaped(lower, lower.Length - 1) ? lower : lower + ".";
    }

    /// <summary>The pattern of a kind other than <c>regex</c>; null when there is no such kind.</summary>
    public static NamePattern? Create(string kind, string text) => kind switch
    {
        "exact" => new ExactPattern(text),
        "prefix" => new PrefixPattern(text),
        "suffix" => new SuffixPattern(text),
        "substring" => new SubstringPattern(text),
        _ => null,
    };

    /// <summary>Null when the text is no regular expression.</summary>
    public static RegexPattern? CreateRegex(string text) =>
        GoPattern.TryCompile(text, out var regex, out _, out _) ? new RegexPattern(regex) : null;

    /// <summary>A regular expression whose groups <paramref name="replacement"/> refers to.</summary>
    /// <param name="words">The rule, for the error.</param>
    /// <param name="text">The regular expression.</param>
    /// <param name="replacement">What names become.</param>
    /// <param name="errorPrefix">What an error begins with.</param>
    public static RegexPattern ReadRegex(RuleWords words, string text, string replacement, string errorPrefix = "")
    {
        var pattern = CreateRegex(text) ?? throw words.Error($"{errorPrefix}invalid regex matching pattern: {text}");
        return CountReferences(replacement) <= pattern.GroupCount
            ? pattern
            : throw words.Error($"{errorPrefix}the rewrite regex pattern ({replacement}) uses more subexpressions than "
                + $"its corresponding matching regex pattern ({text})");
    }

    private static int CountReferences(string replacement) => Enumerable.Range(0, LastReference + 1).Count(
        number => replacement.Contains(string.Create(CultureInfo.InvariantCulture, $"{{{number}}}"), StringComparison.Ordinal));

    private static bool IsEscaped(string text, int index)
    {
        var backslashes = 0;
        while (index - backslashes > 0 && text[index - backslashes - 1] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }
}
