using ClusterDns.Corefile;
using ClusterDns.Plugins;
using ClusterDns.Plugins.View;
using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>Turns a parsed Corefile into a configuration: sets up every plugin and assigns zones to listeners.</summary>
internal sealed class ConfigurationBuilder(ServerServices services, CorefileMistakes mistakes)
{
    private readonly ConfigurationSetup _setup = new(services);
    private readonly List<ConfiguredBlock> _blocks = [];
    private readonly List<string> _warnings = [];

    /// <exception cref="CorefileException">The first mistake found, worded with file and line.</exception>
    public static async Task<ServerConfiguration> BuildAsync(CorefileDocument document, ServerServices services)
    {
        var builder = new ConfigurationBuilder(services, CorefileMistakes.Thrown);
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

    /// <summary>What the configuration is made of, in the order of the file.</summary>
    public IReadOnlyList<ConfiguredBlock> Blocks => _blocks;

    /// <summary>Where mistakes are gathered, the configuration is what is left without them.</summary>
    public ServerConfiguration Build(CorefileDocument document)
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
            listeners.AddBlock(keys, setup, mistakes);
        }

        return new ServerConfiguration(listeners.Plans, _setup, listeners.Summary, _warnings);
    }

    private void AddBlock(ServerBlock block)
    {
        foreach (var directive in block.Directives)
        {
            mistakes.Try(() => PluginOrder.CheckIsServed(directive));
        }

        var keys = new List<ServerKey>();
        foreach (var token in block.Keys)
        {
            mistakes.Try(() => keys.AddRange(ServerKey.Parse(token, services.DefaultPort)));
        }

        _warnings.AddRange(keys.Select(key => key.Warning).OfType<string>().Distinct());
        // Without one there is a mistake in each of its keys; its directives are looked at all the same.
        var setup = new BlockSetup([.. keys.Select(key => key.Zone).DefaultIfEmpty(DnsName.Root).Distinct()], _setup)
        {
            Words = block.Words,
            DirectiveNames = block.Directives.Select(directive => directive.Name).ToHashSet(),
            ViewName = block.Lines(ViewDirective.Name).FirstOrDefault()?.Arguments.FirstOrDefault()?.Text ?? "",
        };
        _setup.Blocks.Add(setup);
        _blocks.Add(new ConfiguredBlock(setup, block, keys));
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

    private void SetUp(PluginDescriptor descriptor, IReadOnlyList<Directive> lines, BlockSetup setup)
    {
        if (mistakes.AreGathered)
        {
            new DirectiveTrials(descriptor, setup, mistakes).SetUp(lines);
        }
        else
        {
            descriptor.SetUpLines(lines, setup);
        }
    }
}
