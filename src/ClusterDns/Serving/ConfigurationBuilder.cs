using ClusterDns.Corefile;
using ClusterDns.Plugins;

namespace ClusterDns.Serving;

/// <summary>Turns a parsed Corefile into a configuration: sets up every plugin and assigns zones to listeners.</summary>
internal sealed class ConfigurationBuilder(ServerServices services)
{
    private readonly ConfigurationSetup _setup = new(services);
    private readonly List<(BlockSetup Setup, ServerBlock Source, IReadOnlyList<ServerKey> Keys)> _blocks = [];
    private readonly List<string> _warnings = [];

    /// <exception cref="CorefileException">The first mistake found, worded with file and line.</exception>
    public static async Task<ServerConfiguration> BuildAsync(CorefileDocument document, ServerServices services)
    {
        var builder = new ConfigurationBuilder(services);
        try
        {
            return builder.Build(document);
        }
        catch
        {
            // What plugins took hold of before the mistake was found is given back.
            await builder._setup.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    private ServerConfiguration Build(CorefileDocument document)
    {
        _warnings.AddRange(document.Warnings);
        foreach (var block in document.Blocks)
        {
            AddBlock(block);
        }

        SetUpPlugins();
        var listeners = new ListenerAssignment();
        foreach (var (setup, _, keys) in _blocks)
        {
            listeners.AddBlock(keys, setup);
        }

        return new ServerConfiguration(listeners.Plans, _setup, listeners.Summary, _warnings);
    }

    private void AddBlock(ServerBlock block)
    {
        foreach (var directive in block.Directives)
        {
            PluginOrder.CheckIsServed(directive);
        }

        var keys = block.Keys.SelectMany(token => ServerKey.Parse(token, services.DefaultPort)).ToList();
        _warnings.AddRange(keys.Select(key => key.Warning).OfType<string>().Distinct());
        var setup = new BlockSetup([.. keys.Select(key => key.Zone).Distinct()], _setup)
        {
            Words = block.Words,
            DirectiveNames = block.Directives.Select(directive => directive.Name).ToHashSet(),
        };
        _setup.Blocks.Add(setup);
        _blocks.Add((setup, block, keys));
    }

    // Plugin by plugin over all blocks, not block by block: start-up work happens in the order of the chain.
    private void SetUpPlugins()
    {
        foreach (var descriptor in PluginOrder.Descriptors)
        {
            foreach (var (setup, source, _) in _blocks)
            {
                var lines = source.Lines(descriptor.Name);
                if (lines.Count > 0)
                {
                    SetUp(descriptor, lines, setup);
                }
            }
        }
    }

    private static void SetUp(PluginDescriptor descriptor, IReadOnlyList<Directive> lines, BlockSetup setup)
    {
        try
        {
            if (lines.Count > 1 && descriptor.OncePerBlock)
            {
                throw lines[1].Error("this plugin can only be used once per Server Block");
            }

            descriptor.SetUp(lines, setup);
        }
        catch (CorefileException mistake)
        {
            throw mistake.InPlugin(descriptor.Name);
        }
    }
}
