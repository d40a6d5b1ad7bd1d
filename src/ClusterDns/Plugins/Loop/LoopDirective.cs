using ClusterDns.Corefile;
using ClusterDns.Plugins.Forward;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Loop;

/// <summary><c>loop</c></summary>
internal static class LoopDirective
{
    private const string Name = "loop";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        directives[0].ExpectArguments(0, 0);
        foreach (var property in directives[0].Properties)
        {
            throw property.UnknownProperty();
        }

        // The block's forwards are set up later: this plugin stands in front of them.
        var watch = new LoopWatch(
            block.Zones[0],
            () => block.Plugins.OfType<ForwardPlugin>(),
            block.LoggerFor(Name),
            new LoopMetrics(block.Services.Registry, block.Services.Metrics.Series),
            block.Services.Time);
        block.Configuration.OnStart(_ => watch.StartAsync());
        block.Configuration.OnStop(_ => watch.StopAsync());
        block.Add(new LoopPlugin(watch));
    }
}
