using ClusterDns.Corefile;

namespace ClusterDns.Plugins.Cache;

/// <summary>
/// <c>serve_stale [DURATION] [immediate [TTL [RECHECK]] | verify [TIMEOUT [TTL [RECHECK]]]]</c>
/// </summary>
internal static class StaleSyntax
{
    /// <summary>Gives null for a duration of zero: then nothing stale is served.</summary>
    public static StaleOptions? Read(Directive property)
    {
        property.ExpectArguments(0, 5);
        var words = property.Arguments;
        var options = new StaleOptions(StaleOptions.DefaultFor, Verifies: false, TimeSpan.Zero, 0, TimeSpan.Zero);
        if (words.Count > 0)
        {
            options = options with { For = ReadPositive(property, words[0]) };
        }

        if (words.Count > 1)
        {
            options = ReadMode(property, words, options);
        }

        return options.For > TimeSpan.Zero ? options : null;
    }

    public static TimeSpan ReadDuration(Directive property, CorefileToken word) =>
        GoDuration.TryParse(word.Text, out var duration, out var mistake) ? duration : throw property.Error(mistake);

    private static StaleOptions ReadMode(Directive property, IReadOnlyList<CorefileToken> words, StaleOptions options)
    {
        var mode = words[1].Text.ToLowerInvariant();
        if (mode is not ("immediate" or "verify"))
        {
            throw property.Error($"invalid value for serve_stale refresh mode: {mode}");
        }

        var next = 2;
        if (mode == "verify")
        {
            var timeout = words.Count > next ? ReadPositive(property, words[next++]) : TimeSpan.Zero;
            options = options with { Verifies = true, Timeout = timeout };
        }

        if (words.Count > next)
        {
            options = options with { TimeToLive = (uint)ReadPositive(property, words[next++]).TotalSeconds };
        }

        if (words.Count > next)
        {
            options = options with { Recheck = ReadPositive(property, words[next++]) };
        }

        return words.Count > next ? throw property.ArgumentError() : options;
    }

    private static TimeSpan ReadPositive(Directive property, CorefileToken word)
    {
        var duration = ReadDuration(property, word);
        if (duration < TimeSpan.Zero)
        {
            throw property.Error("invalid negative duration for serve_stale");
        }

        return duration <= GoDuration.LongestTimer
            ? duration
            : throw property.Error($"serve_stale takes durations up to 24 days: {word.Text}");
    }
}
