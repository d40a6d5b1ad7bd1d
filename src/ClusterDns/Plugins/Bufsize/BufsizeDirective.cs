using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Bufsize;

/// <summary><c>bufsize [SIZE]</c>, in octets.</summary>
internal static class BufsizeDirective
{
    /// <summary>What passes every network in use without being cut into fragments.</summary>
    public const ushort DefaultSize = 1232;

    private const ushort SmallestSize = 512;
    private const ushort LargestSize = 4096;

    public static PluginDescriptor Descriptor { get; } = new("bufsize", SetUp);

    public static ushort Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        directive.ExpectNoBlock();
        if (directive.Arguments is not [var argument])
        {
            return DefaultSize;
        }

        return ushort.TryParse(argument.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size is >= SmallestSize and <= LargestSize
                ? size
                : throw directive.ArgumentError();
    }

    // Several lines: the last one counts, as for CoreDNS.
    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block) =>
        block.Add(new BufsizePlugin(directives.Select(Parse).Last()));
}
