using System.Net;
using System.Net.NetworkInformation;
using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Bind;

/// <summary><c>bind ADDRESS|INTERFACE... { except ADDRESS|INTERFACE... }</c>, any number of times.</summary>
internal static class BindDirective
{
    public static PluginDescriptor Descriptor { get; } = new("bind", SetUp);

    /// <summary>The addresses that one directive names; <paramref name="interfaces"/> are the machine's.</summary>
    public static IReadOnlyList<IPAddress> Parse(Directive directive, ILookup<string, IPAddress> interfaces)
    {
        if (directive.Arguments.Count == 0)
        {
            throw directive.Error("at least one address or interface name is expected");
        }

        var excepted = new HashSet<IPAddress>();
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            if (property.Name != "except")
            {
                throw property.Error($"invalid option \"{property.Name}\"");
            }

            if (property.Arguments.Count == 0)
            {
                throw property.Error("at least one address or interface must be given to except subdirective");
            }

            excepted.UnionWith(Read(property, interfaces));
        }

        return [.. Read(directive, interfaces).Where(address => !excepted.Contains(address))];
    }

    /// <summary>
    /// Addresses by interface name. Link-local IPv6 addresses are left out: they need a zone, which a Corefile cannot
    /// name.
    /// </summary>
    public static ILookup<string, IPAddress> MachineInterfaces() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(
                network => network.GetIPProperties().UnicastAddresses,
                (network, unicast) => (network.Name, unicast.Address))
            .Where(pair => !pair.Address.IsIPv6LinkLocal)
            .ToLookup(pair => pair.Name, pair => pair.Address);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var interfaces = MachineInterfaces();
        foreach (var directive in directives)
        {
            block.BindAddresses.AddRange(Parse(directive, interfaces).Except(block.BindAddresses));
        }

        if (block.BindAddresses.Count == 0)
        {
            // An empty list means every address of the machine, the opposite of what was asked for.
            throw directives[^1].Error("no address is left to bind to");
        }
    }

    private static IEnumerable<IPAddress> Read(Directive line, ILookup<string, IPAddress> interfaces) =>
        line.Arguments.SelectMany(word => Read(line, word.Text, interfaces)).Distinct();

    private static IEnumerable<IPAddress> Read(Directive line, string word, ILookup<string, IPAddress> interfaces)
    {
        if (interfaces.Contains(word))
        {
            return interfaces[word];
        }

        return NetworkAddress.TryParse(word, out var address)
            ? [address.ToIPAddress()]
            : throw line.Error($"not a valid IP address or interface name: \"{word}\"");
    }
}
