using ClusterDns.Corefile;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Aaaa;

/// <summary><c>aaaa auto|always|never</c></summary>
internal static class AaaaDirective
{
    private const string Name = "aaaa";

    private static readonly NetworkAddress LinkLocal = new((UInt128)0xFE80 << 112, IsIPv4: false);
    private static readonly UInt128 LinkLocalMask = (UInt128)0xFFC0 << 112;

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static AaaaMode Parse(Directive directive)
    {
        directive.ExpectNoBlock();
        return directive.SingleArgument() switch
        {
            "auto" => AaaaMode.Auto,
            "always" => AaaaMode.Always,
            "never" => AaaaMode.Never,
            var other => throw directive.Error($"'{other}' is none of 'auto', 'always' and 'never'"),
        };
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var mode = Parse(directives[0]);
        if (mode == AaaaMode.Auto && !block.DirectiveNames.Contains("kubernetes"))
        {
            throw directives[0].Error("'aaaa auto' needs 'kubernetes' in the same server block");
        }

        var plugin = new AaaaPlugin(mode, mode == AaaaMode.Auto && HasIPv6(LocalAddresses.Read(block.LoggerFor(Name))));
        block.Configuration.OnStart(_ =>
        {
            plugin.Use(block.Plugins.OfType<KubernetesPlugin>().FirstOrDefault()?.Zone);
            return Task.CompletedTask;
        });
        block.Add(plugin);
    }

    /// <summary>Whether a machine with these addresses may reach others over IPv6: link-local ones do not count.</summary>
    public static bool HasIPv6(IEnumerable<NetworkAddress> addresses) =>
        addresses.Any(address => !address.IsIPv4 && (address.Bits & LinkLocalMask) != LinkLocal.Bits);
}
