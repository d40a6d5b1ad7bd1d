namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// <c>name [exact|prefix|suffix|substring|regex] FROM TO [answer auto | answer name FROM TO | answer value FROM TO]...</c>
/// </summary>
internal static class NameRuleSyntax
{
    private const string Answer = "answer";

    public static NameRule Parse(RuleWords words)
    {
        if (words.Count < 2)
        {
            throw words.Error("too few arguments for a name rule");
        }

        var (kind, from, to) = words.Count == 2
            ? ("exact", words[0], words[1])
            : (words[0].ToLowerInvariant(), words[1], words[2]);
        var replacement = NamePatternSyntax.Normalize(to);
        var answers = new List<AnswerNameRule>();
        var isAuto = words.Count > 3 && ParseAnswers(words.Skip(3), kind, answers);
        if (kind == NamePatternSyntax.Regex)
        {
            var regex = NamePatternSyntax.ReadRegex(words, from, to);
            return new NameRule(words.IsLast, regex, replacement, isAuto, answers);
        }

        from = NamePatternSyntax.Normalize(from);
        var pattern = NamePatternSyntax.Create(kind, from)
            ?? throw words.Error($"name rule supports only exact, prefix, suffix, substring, and regex name matching, received: {kind}");

        // Exact names are always put back. A suffix goes back by its own rule, which also finds other names below it;
        // of other kinds only the name asked for can be put back.
        if (kind == "exact" || (kind == "suffix" && isAuto))
        {
            var back = NamePatternSyntax.Create(kind, replacement)!;
            answers.Insert(0, new AnswerNameRule(back, from, ForOwners: true, ForValues: true));
            isAuto = false;
        }

        return new NameRule(words.IsLast, pattern, replacement, isAuto, answers);
    }

    /// <summary>Adds the rules of the words from the first <c>answer</c> on; true when one of them is <c>auto</c>.</summary>
    private static bool ParseAnswers(RuleWords words, string kind, List<AnswerNameRule> answers)
    {
        if (words[0] != Answer)
        {
            throw words.Error($"exceeded the number of arguments for a non-answer rule argument for {kind} name rule");
        }

        var isAuto = false;
        while (words.Count > 0)
        {
            // The word itself may be left out between two of them.
            words = words[0] == Answer ? words.Skip(1) : words;
            if (words.Count == 0)
            {
                throw words.Error($"type missing for answer rule for {kind} name rule");
            }

            var part = words[0];
            switch (part)
            {
                case "auto":
                    isAuto = true;
                    words = words.Skip(1);
                    break;
                case "name" or "value":
                    answers.Add(ParseAnswer(words, kind));
                    words = words.Skip(3);
                    break;
                default:
                    throw words.Error($"invalid type \"{part}\" for answer rule for {kind} name rule");
            }
        }

        return isAuto && answers.Any(answer => answer.ForOwners)
            ? throw words.Error("auto name answer rule cannot be combined with explicit name answer rules")
            : isAuto;
    }

    private static AnswerNameRule ParseAnswer(RuleWords words, string kind)
    {
        var part = words[0];
        var prefix = $"{part} answer rule for {kind} name rule: ";
        if (words.Count < 3)
        {
            throw words.Error(prefix + "2 arguments required");
        }

        var pattern = NamePatternSyntax.ReadRegex(words, words[1], words[2], prefix);
        var isName = part == "name";
        return new AnswerNameRule(pattern, NamePatternSyntax.Normalize(words[2]), isName, !isName);
    }
}
