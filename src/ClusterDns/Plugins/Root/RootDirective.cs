using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Root;

/// <summary><c>root PATH</c>: where the block's relative paths begin.</summary>
internal static class RootDirective
{
    private const string Name = "root";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var directive in directives)
        {
            directive.ExpectNoBlock();

            // Several lines: the last one counts, as for CoreDNS.
            block.Root = directive.SingleArgument();
        }

        if (!Directory.Exists(block.Root))
        {
            RootLog.NotThere(block.LoggerFor(Name), block.Root!);
        }
    }
}
