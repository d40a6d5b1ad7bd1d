using ClusterDns.Corefile;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary><c>k8s_external [ZONES...] { apex; ttl; headless; fallthrough }</c></summary>
internal static class K8sExternalDirective
{
    private const string Name = "k8s_external";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <param name="logger">Told of arguments that are no zones.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static K8sExternalOptions Parse(Directive directive, IReadOnlyList<DnsName> blockZones, ILogger logger)
    {
        var zones = directive.Arguments.Count > 0
            ? ZoneArguments.Parse(directive.Arguments, warning => K8sExternalLog.NotAZone(logger, warning))
            : blockZones;
        var options = new K8sExternalOptions
        {
            Zones = new ZoneList(zones),
            PrimaryZone = zones.FirstOrDefault(zone => !ReverseName.IsReverseZone(zone)) ?? zones[0],
        };
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            options = Read(options, property);
        }

        return options;
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        // Several lines: the last one counts, as for CoreDNS.
        var logger = block.LoggerFor(Name);
        var options = directives.Select(directive => Parse(directive, block.Zones, logger)).Last();
        var plugin = new K8sExternalPlugin(options, block.Services.Lookup);

        // The plugin that knows the cluster stands behind this one and is set up later.
        block.Configuration.OnStart(_ =>
        {
            var cluster = block.Plugins.OfType<KubernetesPlugin>().FirstOrDefault()
                ?? throw new StartException($"plugin/{Name}: kubernetes plugin not loaded");
            plugin.Connect(cluster);
            return Task.CompletedTask;
        });

        // What falls through may be answered by others; every other zone of ours ends here.
        block.LiveZones.AddRange(options.Zones.Where(zone => !options.Fallthrough.Covers(zone)));
        block.Add(plugin);
    }

    private static K8sExternalOptions Read(K8sExternalOptions options, Directive property)
    {
        switch (property.Name)
        {
            case "apex":
                property.ExpectArguments(1);
                return options with { Apex = ReadApex(property, property.Arguments[0].Text) };
            case "ttl":
                property.ExpectArguments(1);
                return options with { TimeToLive = ReadTimeToLive(property, property.Arguments[0].Text) };
            case "headless":
                return options with { HasHeadless = true };
            case "fallthrough":
                return options with
                {
                    Fallthrough = new(ZoneArguments.ParseOrAll(property)),
                };
            default:
                throw property.UnknownProperty();
        }
    }

    private static DnsName ReadApex(Directive property, string text) =>
        DnsName.TryParse(text, out var apex) && !apex.IsRoot ? apex : throw property.Error($"apex is not a domain name: '{text}'");

    private static uint ReadTimeToLive(Directive property, string text)
    {
        if (!GoNumber.TryParseInteger(text, out var seconds, out var mistake))
        {
            throw property.Error(mistake);
        }

        return seconds is >= 0 and <= (int)K8sExternalOptions.MostTimeToLive
            ? (uint)seconds
            : throw property.Error($"ttl must be in range [0, {K8sExternalOptions.MostTimeToLive}]: {seconds}");
    }
}
