using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Acl;
using ClusterDns.Serving;
using ClusterDns.Serving.Streaming;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Transfer;

/// <summary><c>transfer [ZONES...] { to ADDRESS|*...; source IP }</c>, any number of times.</summary>
internal static class TransferDirective
{
    private const string Name = "transfer";
    private const string Everybody = "*";
    private const int DnsPort = 53;

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static TransferRule Parse(Directive directive, IReadOnlyList<DnsName> blockZones)
    {
        var zones = directive.Arguments.Count > 0 ? ZoneArguments.Parse(directive.Arguments) : blockZones;
        List<IPNetwork> networks = [];
        var isForEverybody = false;
        var hasClients = false;
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            switch (property.Name)
            {
                case "to":
                    property.ExpectArguments(1);
                    hasClients = true;
                    isForEverybody |= property.Arguments.Any(word => word.Text == Everybody);
                    networks.AddRange(property.Arguments.Where(word => word.Text != Everybody).Select(ReadClient));
                    break;
                case "source":
                    // Where NOTIFY messages leave from in CoreDNS; none are sent here.
                    property.ExpectArguments(1, 1);
                    property.Arguments[0].ReadAddress();
                    break;
                default:
                    throw property.UnknownProperty();
            }
        }

        return hasClients
            ? new TransferRule(zones, isForEverybody ? null : new AddressRanges(networks))
            : throw directive.Error("'to' is required");
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        TransferRule[] rules = [.. directives.Select(directive => Parse(directive, block.Zones))];
        var plugin = new TransferPlugin(rules, block.Services.Transfers, block.LoggerFor(Name));

        // Plugins that have zones stand behind this one and are set up later.
        block.Configuration.OnStart(_ =>
        {
            plugin.Connect([.. block.Plugins.OfType<ITransferableZones>()]);
            return Task.CompletedTask;
        });
        block.Add(plugin);
    }

    // With a port CoreDNS sends its NOTIFY there; who may ask is a matter of the address alone.
    private static IPNetwork ReadClient(CorefileToken word)
    {
        if (NetworkText.TryParse(word.Text, out var network))
        {
            return network;
        }

        var address = word.ReadEndpoint(DnsPort).Address;
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }
}
