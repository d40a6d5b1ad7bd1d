using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Log;

/// <summary><c>log [NAMES...] [FORMAT] { class CLASSES... }</c>, any number of times.</summary>
internal static class LogDirective
{
    private const string Name = "log";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <summary>The rules of one directive: one for each name.</summary>
    public static IReadOnlyList<LogRule> Parse(Directive directive)
    {
        var names = directive.Arguments;
        var format = LogFormat.Common;

        // Only the last of several arguments can be a format: a single one is a name, braces or not, as for CoreDNS.
        if (names.Count > 1 && names[^1].Text.Contains('{'))
        {
            format = LogFormat.Parse(names[^1].Text);
            names = [.. names.SkipLast(1)];
        }

        var classes = ParseClasses(directive);
        return names.Count == 0
            ? [new LogRule(DnsName.Root, format, classes)]
            : [.. names.Select(name => new LogRule(ParseScope(directive, name), format, classes))];
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        LogRule[] rules = [.. directives.SelectMany(Parse)];
        block.Add(new LogPlugin(rules, block.Services.LogOutput, block.Services.Time));
    }

    private static DnsName ParseScope(Directive directive, CorefileToken name) =>
        DnsName.TryParse(name.Text, out var scope)
            ? scope
            : throw directive.Error($"not a domain name: '{name.Text}'");

    private static ReplyClasses ParseClasses(Directive directive)
    {
        var classes = ReplyClasses.None;
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            if (property.Name != "class")
            {
                throw property.UnknownProperty();
            }

            property.ExpectArguments(1);
            foreach (var word in property.Arguments)
            {
                classes |= ClassOf(property, word.Text);
            }
        }

        return classes == ReplyClasses.None ? ReplyClasses.All : classes;
    }

    private static ReplyClasses ClassOf(Directive property, string word) => word switch
    {
        "all" => ReplyClasses.All,
        "success" => ReplyClasses.Success,
        "denial" => ReplyClasses.Denial,
        "error" => ReplyClasses.Error,
        _ => throw property.Error($"invalid Class: {word}"),
    };
}
