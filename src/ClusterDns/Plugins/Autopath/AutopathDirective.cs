using ClusterDns.Corefile;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Autopath;

/// <summary><c>autopath [ZONES...] FILE|@PLUGIN</c></summary>
internal static class AutopathDirective
{
    private const string Name = "autopath";

    /// <summary>The search list of this machine; in a pod with <c>dnsPolicy: Default</c>, of its node.</summary>
    private const string OwnResolverFile = "/etc/resolv.conf";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    // Several lines: the last one counts, as for CoreDNS.
    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var line in directives)
        {
            line.ExpectNoBlock();
            if (line.Arguments.Count == 0)
            {
                throw line.Error("no resolv-conf specified");
            }
        }

        var directive = directives[^1];
        var zones = ZoneArguments.Parse(directive.Arguments.SkipLast(1), warning => { });
        var services = block.Services;
        var plugin = new AutopathPlugin(
            new ZoneList(zones.Count > 0 ? zones : block.Zones),
            services.Queries,
            new DecisionMemory(services.Time),
            new AutopathMetrics(services.Registry));
        var source = directive.Arguments[^1].Text;
        if (source.StartsWith('@'))
        {
            UsePlugin(plugin, directive, source[1..], block);
        }
        else
        {
            UseFile(plugin, directive, source, block);
        }

        block.Add(plugin);
    }

    private static void UseFile(AutopathPlugin plugin, Directive directive, string path, BlockSetup block)
    {
        var file = new SearchFile(block.PathOf(path), block.LoggerFor(Name), block.Services.Time);
        if (file.Read() is { } fault)
        {
            throw directive.Error(fault);
        }

        plugin.Use(file);
        block.Configuration.OnStart(_ => file.StartAsync());
        block.Configuration.OnStop(_ => file.StopAsync());
    }

    private static void UsePlugin(AutopathPlugin plugin, Directive directive, string name, BlockSetup block)
    {
        if (block.DirectiveNames.Contains(name) && name != "kubernetes")
        {
            throw directive.Error($"plugin '{name}' does not know search lists; 'kubernetes' does");
        }

        var logger = block.LoggerFor(Name);
        block.Configuration.OnStart(_ =>
        {
            Attach(plugin, block.Plugins.OfType<KubernetesPlugin>().FirstOrDefault(), name, logger);
            return Task.CompletedTask;
        });
    }

    // Two mistakes that CoreDNS takes in silence, and then does nothing.
    private static void Attach(
        AutopathPlugin plugin, KubernetesPlugin? kubernetes, string name, Microsoft.Extensions.Logging.ILogger logger)
    {
        if (kubernetes is null || name != kubernetes.Name)
        {
            AutopathLog.IsInert(logger, $"the server block has no '{name}'");
            return;
        }

        if (kubernetes.Options.Pods != PodMode.Verified)
        {
            AutopathLog.IsInert(logger, "'kubernetes' needs 'pods verified' to tell clients apart");
            return;
        }

        var search = ResolverFile.TryRead(OwnResolverFile, out var text, out var ignored)
            ? ResolverFile.ReadSearch(text)
            : [];
        plugin.Use(new ClusterSearch(kubernetes, search));
    }
}
