using ClusterDns.Corefile;
using ClusterDns.Operations;
using ClusterDns.Plugins;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Corefile;
using ClusterDns.Wire;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins;

/// <summary>
/// One plugin, set up from a Corefile as a server does it, in front of a stand-in for the rest of the chain; with its
/// clock, log lines, standard output and metrics at hand.
/// </summary>
internal sealed class PluginFixture : IAsyncDisposable
{
    private readonly LogOutput _logOutput;
    private PluginChain? _chain;

    /// <param name="descriptor">The plugin.</param>
    /// <param name="corefile">Its lines in a block for <c>example.org</c>, or a whole file that ends in a brace.</param>
    /// <param name="beside">Names of other plugins that the block has; they are not set up.</param>
    public PluginFixture(PluginDescriptor descriptor, string corefile, params string[] beside)
    {
        _logOutput = new LogOutput(Output);
        Services = new ServerServices
        {
            Time = Clock,
            Logging = Log,
            Registry = Metrics.NewCustomRegistry(),
            LogOutput = _logOutput,
            Clusters = new ClusterDirectory(_ => throw new NotSupportedException("No cluster in this test")),
            Queries = new QueryPool(),
        };
        Configuration = new ConfigurationSetup(Services);
        Block = new BlockSetup([DnsName.Parse("example.org")], Configuration) { DirectiveNames = [descriptor.Name, .. beside] };
        descriptor.SetUp(Parse(corefile), Block);
    }

    public ManualClock Clock { get; } = new();

    public LogCapture Log { get; } = new();

    public LinesStream Output { get; } = new();

    public ServerServices Services { get; }

    public ConfigurationSetup Configuration { get; }

    public BlockSetup Block { get; }

    /// <summary>What the rest of the chain does.</summary>
    public Func<Query, ServeResult> Rest { get; set; } = _ => ServeResult.Answered;

    /// <summary>The directives of a block.</summary>
    public static IReadOnlyList<Directive> Parse(string lines) =>
        new CorefileFixture { DirectiveNames = [.. PluginOrder.Names] }.Load($"example.org {{\n{lines}\n}}").Blocks[0].Directives;

    /// <summary>The only directive of a block.</summary>
    public static Directive ParseOne(string line) => Parse(line).Single();

    /// <summary>The mistake found in a block's lines, which begin in line 2.</summary>
    public static string ErrorOf(PluginDescriptor descriptor, string lines, params string[] beside) =>
        Assert.Throws<CorefileException>(() => _ = new PluginFixture(descriptor, lines, beside))!.Message;

    /// <summary>Asks the chain; the stand-in answers on the spot.</summary>
    public ServeResult Ask(Query query)
    {
        query.StartTimestamp = Clock.GetTimestamp();
        return Chain().ServeAsync(query).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The plugin's chain, with <see cref="Rest"/> behind it.</summary>
    public PluginChain Chain() =>
        _chain ??= PluginChain.Build([.. Block.Plugins, new StubPlugin(query => Rest(query))]);

    public async Task StartAsync()
    {
        foreach (var start in Configuration.Starts)
        {
            await start(CancellationToken.None);
        }
    }

    public Task StopAsync() => Configuration.StopAsync();

    /// <summary>Lines on standard output once everything is written.</summary>
    public IReadOnlyList<string> FlushedOutput()
    {
        _logOutput.Dispose();
        return Output.Lines;
    }

    /// <summary>The metrics page's lines, comments left out.</summary>
    public async Task<IReadOnlyList<string>> ScrapeAsync()
    {
        using var page = new MemoryStream();
        await Services.Registry.CollectAndExportAsTextAsync(page);
        return [.. System.Text.Encoding.UTF8.GetString(page.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _logOutput.Dispose();
    }
}
