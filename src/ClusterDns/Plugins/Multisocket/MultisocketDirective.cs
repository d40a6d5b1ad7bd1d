using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Transport.Udp;

namespace ClusterDns.Plugins.Multisocket;

/// <summary><c>multisocket [SOCKETS]</c></summary>
internal static class MultisocketDirective
{
    public static PluginDescriptor Descriptor { get; } = new("multisocket", SetUp);

    /// <summary>Sockets, 1 to <see cref="UdpOptions.MostWorkers"/>; one for each processor when none are named.</summary>
    public static int Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        directive.ExpectNoBlock();
        if (directive.Arguments is not [{ Text: var word }])
        {
            return Math.Min(Environment.ProcessorCount, UdpOptions.MostWorkers);
        }

        if (!int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sockets))
        {
            throw directive.Error($"invalid num sockets: '{word}' is not a number");
        }

        return sockets switch
        {
            < 1 => throw directive.Error($"num sockets can not be zero or negative: {word}"),
            > UdpOptions.MostWorkers => throw directive.Error($"num sockets exceeds maximum ({UdpOptions.MostWorkers}): {word}"),
            _ => sockets,
        };
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        if (directives.Count > 1)
        {
            throw directives[1].ArgumentError();
        }

        block.Listener = block.Listener with { Sockets = Parse(directives[0]) };
    }
}
