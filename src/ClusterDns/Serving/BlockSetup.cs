using System.Net;
using ClusterDns.Plugins.View;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Serving;

/// <summary>One server block while its plugins are set up: what they may use, and where they leave what they made.</summary>
internal sealed class BlockSetup(IReadOnlyList<DnsName> zones, ConfigurationSetup configuration)
{
    private readonly List<Plugin> _plugins = [];

    /// <summary>The block's zones, in the order of its keys, CIDRs expanded.</summary>
    public IReadOnlyList<DnsName> Zones { get; } = zones;

    /// <summary>
    /// The block's directives as written, line numbers left out: what was learnt by a block that says the same, before a
    /// reload, is still true.
    /// </summary>
    public string Words { get; init; } = "";

    /// <summary>Names of the block's directives, for a plugin that makes no sense without another one.</summary>
    public IReadOnlyCollection<string> DirectiveNames { get; init; } = [];

    /// <summary>The name of the block's view, a label of its metrics; empty without one.</summary>
    public string ViewName { get; init; } = "";

    /// <summary>Which queries the block takes; null for all of its zones'.</summary>
    public ViewPlugin? View { get; set; }

    /// <summary>What belongs to the whole configuration: start and stop, readiness, pages.</summary>
    public ConfigurationSetup Configuration { get; } = configuration;

    public ServerServices Services => Configuration.Services;

    /// <summary>Addresses to listen on, from <c>bind</c>; none means all addresses of the machine.</summary>
    public List<IPAddress> BindAddresses { get; } = [];

    /// <summary>
    /// Labels of the listeners that will serve the block (<see cref="Query.ServerLabel"/>): filled by whoever assembles
    /// the servers, before the first <see cref="ConfigurationSetup.OnStart"/> action runs.
    /// </summary>
    public List<string> ServerLabels { get; } = [];

    /// <summary>
    /// Zones whose every name is answered from memory by a plugin that a watch keeps true: nothing outer, a cache above
    /// all, needs to look there first.
    /// </summary>
    public List<DnsName> LiveZones { get; } = [];

    /// <summary>
    /// Whether a plugin here takes queries of classes other than IN: those are refused by a listener without one, and
    /// at the end of a chain that has no answer.
    /// </summary>
    public bool TakesOtherClasses { get; set; }

    /// <summary>Sockets and timeouts that the block asks of its listeners.</summary>
    public ListenerSettings Listener { get; set; } = new();

    /// <summary>Where relative paths begin, from <c>root</c>; null for the working directory.</summary>
    public string? Root { get; set; }

    /// <summary>Whether an exception in the block's chain is logged with its stack trace, as <c>errors</c> may ask.</summary>
    public bool LogStackTraces { get; set; }

    /// <summary>
    /// Whether clients with EDNS are told by an extended error what CoreDNS does not tell; off, as <c>errors</c> may ask,
    /// replies are CoreDNS's octet for octet.
    /// </summary>
    public bool HasExtendedErrors { get; set; } = true;

    /// <summary>The block's plugins so far, outermost first.</summary>
    public IReadOnlyList<Plugin> Plugins => _plugins;

    public void Add(Plugin plugin) => _plugins.Add(plugin);

    /// <summary>
    /// A path from the Corefile, below <see cref="Root"/> when relative. An empty one is the folder itself, which no file
    /// is: for an empty path the runtime throws what nobody expects of a file.
    /// </summary>
    public string PathOf(string path) => Path.Combine(Root ?? "", path) is { Length: > 0 } full ? full : ".";

    /// <summary>A logger whose lines begin with <c>plugin/NAME: </c>.</summary>
    public ILogger LoggerFor(string pluginName) => Services.Logging.CreateLogger($"plugin/{pluginName}");
}
