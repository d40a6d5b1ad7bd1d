using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary><c>type FROM TO</c> and <c>class FROM TO</c></summary>
internal static class QuestionRuleSyntax
{
    public static RewriteRule ParseType(RuleWords words)
    {
        ExpectTwo(words, "type");
        return new TypeRule(words.IsLast, ReadType(words, words[0]), ReadType(words, words[1]));
    }

    public static RewriteRule ParseClass(RuleWords words)
    {
        ExpectTwo(words, "class");
        return new ClassRule(words.IsLast, ReadClass(words, words[0]), ReadClass(words, words[1]));
    }

    private static void ExpectTwo(RuleWords words, string field)
    {
        if (words.Count != 2)
        {
            throw words.Error($"{field} rules must have exactly two arguments");
        }
    }

    private static RecordType ReadType(RuleWords words, string text) =>
        Mnemonic.TryParse(text, out RecordType type) ? type : throw words.Error($"invalid type \"{text}\"");

    private static RecordClass ReadClass(RuleWords words, string text) => text.ToUpperInvariant() switch
    {
        "IN" => RecordClass.IN,
        "CH" => RecordClass.CH,
        "HS" => RecordClass.HS,
        "NONE" => RecordClass.NONE,
        "ANY" => RecordClass.ANY,
        _ => throw words.Error($"invalid class \"{text}\""),
    };
}
