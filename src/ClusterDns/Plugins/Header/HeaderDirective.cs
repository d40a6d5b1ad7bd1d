using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Header;

/// <summary>
/// <c>header { query|response set|clear aa|ra|rd... }</c>; a line without the first word, as older files have it, means
/// the response.
/// </summary>
internal static class HeaderDirective
{
    public static PluginDescriptor Descriptor { get; } = new("header", SetUp);

    public static HeaderOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 0);
        if (directive.Properties.Count == 0)
        {
            throw directive.ArgumentError();
        }

        var options = new HeaderOptions(default, default);
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            string[] words = [property.Name, .. property.Arguments.Select(argument => argument.Text)];
            options = words[0].ToLowerInvariant() switch
            {
                "query" => options with { Query = Change(options.Query, property, words.AsSpan(1)) },
                "response" => options with { Response = Change(options.Response, property, words.AsSpan(1)) },
                "set" or "clear" => options with { Response = Change(options.Response, property, words) },
                _ => throw property.Error($"setting up rule: invalid selector={words[0]} should be query or response"),
            };
        }

        return options;
    }

    // Several lines: the last one counts, as for CoreDNS.
    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block) =>
        block.Add(new HeaderPlugin(directives.Select(Parse).Last()));

    private static HeaderFlags Change(HeaderFlags flags, Directive property, ReadOnlySpan<string> words)
    {
        if (words.IsEmpty)
        {
            throw property.Error("setting up rule: no flag action provided");
        }

        var isSet = words[0].ToLowerInvariant() switch
        {
            "set" => true,
            "clear" => false,
            var action => throw property.Error($"setting up rule: unknown flag action={action}, should be set or clear"),
        };
        if (words.Length == 1)
        {
            throw property.Error("setting up rule: invalid length for flags, at least one should be provided");
        }

        foreach (var word in words[1..])
        {
            flags = flags.Then(FlagOf(property, word.ToLowerInvariant()), isSet);
        }

        return flags;
    }

    private static ushort FlagOf(Directive property, string flag) => flag switch
    {
        "aa" => MessageHeader.AuthoritativeFlag,
        "ra" => MessageHeader.RecursionAvailableFlag,
        "rd" => MessageHeader.RecursionDesiredFlag,
        _ => throw property.Error($"setting up rule: unknown/unsupported flag={flag}"),
    };
}
