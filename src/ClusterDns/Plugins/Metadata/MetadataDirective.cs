using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Metadata;

/// <summary><c>metadata [ZONES...]</c></summary>
internal static class MetadataDirective
{
    private const string Name = "metadata";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        // Several lines add up: a name in the zones of any of them has labels.
        var zones = directives.SelectMany(directive =>
        {
            directive.ExpectNoBlock();
            return directive.Arguments.Count > 0 ? ZoneArguments.Parse(directive.Arguments) : block.Zones;
        });
        var plugin = new MetadataPlugin([.. zones.Distinct()]);
        block.Add(plugin);

        // The sources stand behind this plugin: they are all there when the server starts.
        block.Configuration.OnStart(_ =>
        {
            plugin.Sources = [.. block.Plugins.OfType<IMetadataSource>()];
            return Task.CompletedTask;
        });
    }
}
