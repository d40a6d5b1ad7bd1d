using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Cli.Checking;

/// <summary>A server block as the rules look at it.</summary>
internal sealed class CheckedBlock(ConfiguredBlock block)
{
    public BlockSetup Setup => block.Setup;

    public ServerBlock Source => block.Source;

    public IReadOnlyList<ServerKey> Keys => block.Keys;

    /// <summary>The word that the whole block is known by.</summary>
    public CorefileToken Place => block.Source.Keys[0];

    /// <summary>What <c>kubernetes</c> was set up with; null where there is none, or one with mistakes.</summary>
    public KubernetesOptions? Kubernetes { get; } = block.Setup.Plugins.OfType<KubernetesPlugin>().FirstOrDefault()?.Options;

    /// <summary>The <c>forward</c> lines without mistakes, in the order of the file.</summary>
    public IReadOnlyList<(Directive Line, ForwardOptions Options)> Forwards { get; } = ReadForwards(block);

    /// <summary>The first line of a name.</summary>
    public Directive? Line(string name) => block.Source.Directives.FirstOrDefault(line => line.Name == name);

    /// <summary>
    /// How many labels of the zone of this block match a name on a listener; -1 if it does not serve the name there.
    /// </summary>
    /// <param name="name">The name asked for.</param>
    /// <param name="port">The listener's port.</param>
    /// <param name="address">The address asked; null for one that no block binds.</param>
    public int MatchOf(DnsName name, int port, IPAddress? address) => block.Keys
        .Where(key => key.Port == port && name.IsAtOrBelow(key.Zone) && ListensAt(address))
        .Select(key => key.Zone.LabelCount)
        .DefaultIfEmpty(-1)
        .Max();

    private bool ListensAt(IPAddress? address) =>
        Setup.BindAddresses.Count == 0 || (address is not null && Setup.BindAddresses.Contains(address));

    private static List<(Directive, ForwardOptions)> ReadForwards(ConfiguredBlock block)
    {
        var read = new List<(Directive, ForwardOptions)>();
        foreach (var line in block.Source.Lines("forward"))
        {
            try
            {
                read.Add((line, new ForwardOptionsReader(block.Setup.PathOf, NullLogger.Instance).Read(line)));
            }
            catch (CorefileException)
            {
                // Its mistakes have been told.
            }
        }

        return read;
    }
}
