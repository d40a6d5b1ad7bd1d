using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Local;

/// <summary><c>local { localhost_prefix on|off }</c></summary>
internal static class LocalDirective
{
    private const string Name = "local";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <summary>Whether names that merely begin with <c>localhost</c> are local too.</summary>
    public static bool Parse(Directive directive)
    {
        directive.ExpectArguments(0, 0);
        var hasPrefix = true;
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            hasPrefix = property.Name switch
            {
                "localhost_prefix" => ParseSwitch(property, property.SingleArgument()),
                _ => throw property.UnknownProperty(),
            };
        }

        return hasPrefix;
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        // Several lines: the last one counts.
        var hasPrefix = directives.Select(Parse).Last();
        block.Add(new LocalPlugin(hasPrefix, new LocalMetrics(block.Services.Registry), block.LoggerFor(Name)));
    }

    private static bool ParseSwitch(Directive property, string word) => word switch
    {
        "on" => true,
        "off" => false,
        _ => throw property.Error($"localhost_prefix must be 'on' or 'off': '{word}'"),
    };
}
