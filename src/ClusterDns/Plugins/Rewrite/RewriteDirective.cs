using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// <c>rewrite [continue|stop] FIELD ARGUMENTS...</c>, on one line or on the lines between braces, which are read as one.
/// </summary>
internal static class RewriteDirective
{
    private const string Name = "rewrite";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    public static RewriteRule Parse(Directive directive)
    {
        var words = directive.Arguments.Select(argument => argument.Text).ToList();
        if (words.Count < 2)
        {
            AddLines(directive.Properties, words);
        }
        else
        {
            directive.ExpectNoBlock();
        }

        if (words.Count == 0)
        {
            throw directive.Error("no rule type specified for rewrite");
        }

        var mode = words[0].ToLowerInvariant();
        var field = new RuleWords(directive, mode is not "continue", words);
        if (mode is "continue" or "stop")
        {
            field = field.Skip(1);
        }

        return field.Count > 0 ? ParseField(field) : throw directive.Error($"no rule type specified for rewrite {mode}");
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var rules = directives.Select(Parse).ToList();
        block.Add(new RewritePlugin(rules, block.Services.Queries, block.Services.Lookup));
    }

    private static RewriteRule ParseField(RuleWords words)
    {
        var arguments = words.Skip(1);
        return words[0].ToLowerInvariant() switch
        {
            "name" => NameRuleSyntax.Parse(arguments),
            "type" => QuestionRuleSyntax.ParseType(arguments),
            "class" => QuestionRuleSyntax.ParseClass(arguments),
            "edns0" => OptionRuleSyntax.Parse(arguments),
            "ttl" => ReplyRuleSyntax.ParseTimeToLive(arguments),
            "rcode" => ReplyRuleSyntax.ParseResponseCode(arguments),
            "cname" => ReplyRuleSyntax.ParseAlias(arguments),
            "answer" => throw words.Error("response rewrites must begin with a name rule"),
            _ => throw words.Error($"invalid rule type \"{words[0]}\""),
        };
    }

    private static void AddLines(IEnumerable<Directive> lines, List<string> words)
    {
        foreach (var line in lines)
        {
            line.ExpectNoBlock();
            words.Add(line.Name);
            words.AddRange(line.Arguments.Select(argument => argument.Text));

            // The closing brace may stand on the last line; it is then read as a word of it, too.
            if (words[^1] == "}")
            {
                words.RemoveAt(words.Count - 1);
            }
        }
    }
}
