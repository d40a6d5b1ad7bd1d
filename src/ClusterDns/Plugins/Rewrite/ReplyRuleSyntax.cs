using System.Globalization;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>The rules about replies: <c>ttl</c>, <c>rcode</c> and <c>cname</c>.</summary>
internal static class ReplyRuleSyntax
{
    // Largest rcode there is a name for.
    private const int LastCode = 23;

    /// <summary><c>ttl [exact|prefix|suffix|substring|regex] NAME SECONDS</c></summary>
    public static RewriteRule ParseTimeToLive(RuleWords words)
    {
        ExpectNameAnd(words, 1, "ttl");
        var text = words[^1];
        return TimeToLiveRange.TryParse(text, out var range)
            ? new TimeToLiveRule(words.IsLast, ReadPattern(words.Take(words.Count - 1), "ttl"), range)
            : throw words.Error($"invalid TTL '{text}' for a ttl rule");
    }

    /// <summary><c>rcode [exact|prefix|suffix|substring|regex] NAME FROM TO</c></summary>
    public static RewriteRule ParseResponseCode(RuleWords words)
    {
        ExpectNameAnd(words, 2, "rcode");
        if (!TryReadCode(words[^2], out var from))
        {
            throw words.Error($"invalid matching RCODE '{words[^2]}' for a rcode rule");
        }

        return TryReadCode(words[^1], out var to)
            ? new ResponseCodeRule(words.IsLast, ReadPattern(words.Take(words.Count - 2), "rcode"), new(from, to))
            : throw words.Error($"invalid replacement RCODE '{words[^1]}' for a rcode rule");
    }

    /// <summary><c>cname [exact|prefix|suffix|substring|regex] FROM TO</c></summary>
    public static RewriteRule ParseAlias(RuleWords words)
    {
        if (words.Count is not (2 or 3))
        {
            throw words.Error($"too {(words.Count < 2 ? "few" : "many")} ({words.Count}) arguments for a cname rule");
        }

        var kind = words.Count == 3 ? words[0].ToLowerInvariant() : "exact";
        var (from, to) = (words[^2], words[^1].ToLowerInvariant());
        if (kind == NamePatternSyntax.Regex)
        {
            return new AliasRule(words.IsLast, NamePatternSyntax.ReadRegex(words, from, to), NamePatternSyntax.Normalize(to));
        }

        // These two mean the end of the name; the others may end within a label.
        from = kind is "exact" or "suffix" ? NamePatternSyntax.Normalize(from) : from.ToLowerInvariant();
        to = kind is "exact" or "suffix" ? NamePatternSyntax.Normalize(to) : to;
        return NamePatternSyntax.Create(kind, from) is { } pattern
            ? new AliasRule(words.IsLast, pattern, to)
            : throw words.Error($"unknown cname rewrite type: {kind}");
    }

    private static void ExpectNameAnd(RuleWords words, int values, string field)
    {
        if (words.Count < 1 + values)
        {
            throw words.Error($"too few ({words.Count}) arguments for a {field} rule");
        }

        if (words.Count > 2 + values)
        {
            throw words.Error($"too many ({words.Count}) arguments for a {field} rule");
        }
    }

    /// <summary>A name, or a kind of pattern and what it looks for.</summary>
    private static NamePattern ReadPattern(RuleWords words, string field)
    {
        var (kind, text) = words.Count == 1 ? ("exact", words[0]) : (words[0].ToLowerInvariant(), words[1]);
        if (kind == NamePatternSyntax.Regex)
        {
            return NamePatternSyntax.CreateRegex(text)
                ?? throw words.Error($"invalid regex pattern in a {field} rule: {text}");
        }

        return NamePatternSyntax.Create(kind, NamePatternSyntax.Normalize(text))
            ?? throw words.Error($"{field} rule supports only exact, prefix, suffix, substring, and regex name matching");
    }

    private static bool TryReadCode(string text, out ResponseCode code)
    {
        code = default;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            code = (ResponseCode)number;
            return number <= LastCode;
        }

        for (var known = 0; known <= LastCode; known++)
        {
            code = (ResponseCode)known;
            if (Mnemonic.Of(code).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
