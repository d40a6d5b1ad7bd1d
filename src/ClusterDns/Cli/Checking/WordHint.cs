using System.Globalization;
using System.Text;

namespace ClusterDns.Cli.Checking;

/// <summary>A word that is wrong because of how it is written: as in another language, or with what no editor shows.</summary>
internal sealed class WordHint(RecordedFiles files)
{
    private const string Quotes = "\u201C\u201D\u201E\u2018\u2019";

    // What a pasted manifest begins with.
    private static readonly string[] ManifestWords = ["apiVersion:", "kind:", "metadata:", "name:", "namespace:", "data:", "Corefile:"];

    public Finding Add(Finding finding) =>
        finding is { Advice: null, Place: { } place } && AdviceFor(place.Text, place.File, place.Line, finding) is { } advice
            ? finding with { Advice = advice }
            : finding;

    private string? AdviceFor(string word, string file, int line, Finding finding)
    {
        var invisible = word.EnumerateRunes().FirstOrDefault(IsInvisible);
        return invisible != default ? string.Create(CultureInfo.InvariantCulture, $"the word holds the character U+{invisible.Value:X4}, which cannot be seen: write it anew")
            : word.AsSpan().IndexOfAny(Quotes) is >= 0 and var at ? $"{word[at]} is no quote of a Corefile: write \""
            : ManifestWords.Contains(word) && IsManifest(file) ? "this is a manifest: a Corefile is only the text below 'Corefile: |'"
            : word == "{" ? "the brace has to stand at the end of the line above"
            : word.Length > 1 && word.EndsWith('{') ? "put a blank in front of '{'"
            : word is [';', ..] or ['/', '/', ..] or ['/', '*', ..] or ['-', '-', ..] ? "a comment begins with '#'"
            : word.Length > 1 && word.EndsWith(',') ? "put blanks alone between words, without ','"
            : UnitAdvice(word, finding.Message) is { } unit ? unit
            : IsAssignment(word, files.Line(file, line), finding) ? "a value stands behind its name and a blank, without ':' or '='"
            : finding.Message.Contains("does not follow RFC1035", StringComparison.Ordinal) && KeyAdvice(word) is { } key ? key
            : finding.Message.Contains("not a valid domain name", StringComparison.Ordinal) && word is ['.', not '.', ..] ? "leave out the dot in front"
            : null;
    }

    // Numbers have no unit in a Corefile, and durations have to have one.
    private static string? UnitAdvice(string word, string message)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var wantsNumber = message.Contains("strconv.Atoi", StringComparison.Ordinal) || message.EndsWith("from 0 to 2147483647", StringComparison.Ordinal);
        return wantsNumber && digits > 0 && word[digits..] is ("s" or "m" or "h" or "ms" or "%") ? $"write the number alone: {word[..digits]}"
            : !wantsNumber && word.Length > 0 && digits < 0 && message.Contains("duration", StringComparison.Ordinal)
                && !message.Contains("such as 30s", StringComparison.Ordinal)
                ? $"write a unit: {word}s, or {word}ms, {word}m, {word}h"
            : null;
    }

    private static string? KeyAdvice(string word) =>
        word.StartsWith("*.", StringComparison.Ordinal) ? "a zone stands for every name below it too: leave out '*.'"
        : word.Contains("://", StringComparison.Ordinal) ? "of schemes, only dns:// is served"
        : null;

    private bool IsManifest(string file) => files.Line(file, 1) is { } first && ManifestWords.Any(word => first.StartsWith(word, StringComparison.Ordinal));

    private static bool IsAssignment(string word, string? line, Finding finding) =>
        (word.Length > 1 && word[..^1].All(letter => char.IsAsciiLetter(letter) || letter == '_') && word.EndsWith(':'))
        || (word.IndexOf('=') is > 0 and var at && word[..at].All(letter => char.IsAsciiLetter(letter) || letter == '_'))
        || (finding.Message.Contains("Wrong argument count", StringComparison.Ordinal) && line?.Contains(" = ", StringComparison.Ordinal) == true);

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
}
