using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Dns64;

/// <summary><c>dns64 [PREFIX] { prefix PREFIX; translate_all; allow_ipv4 }</c></summary>
internal static class Dns64Directive
{
    public static PluginDescriptor Descriptor { get; } = new("dns64", SetUp);

    public static Dns64Options Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        var prefix = directive.Arguments is [var argument]
            ? ReadPrefix(directive, argument.Text)
            : Dns64Prefix.WellKnown;
        var options = new Dns64Options(prefix, TranslatesAll: false, AllowsIPv4: false);
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            switch (property.Name)
            {
                case "prefix":
                    options = options with { Prefix = ReadPrefix(property, property.SingleArgument()) };
                    break;
                case "translate_all":
                    property.ExpectArguments(0, 0);
                    options = options with { TranslatesAll = true };
                    break;
                case "allow_ipv4":
                    property.ExpectArguments(0, 0);
                    options = options with { AllowsIPv4 = true };
                    break;
                default:
                    throw property.UnknownProperty();
            }
        }

        return options;
    }

    // Several lines: the last one counts, as for CoreDNS.
    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = directives.Select(Parse).Last();
        block.Add(new Dns64Plugin(options, block.Services.Lookup, new Dns64Metrics(block.Services.Registry)));
    }

    private static Dns64Prefix ReadPrefix(Directive directive, string text)
    {
        if (!NetworkText.TryParse(text, out var network))
        {
            throw directive.Error($"invalid CIDR address: {text}");
        }

        if (network.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            throw directive.Error($"invalid netmask 32 IPv6 address: \"{text}\"");
        }

        return Dns64Prefix.From(network) ?? throw directive.Error($"invalid prefix length \"{text}\"");
    }
}
