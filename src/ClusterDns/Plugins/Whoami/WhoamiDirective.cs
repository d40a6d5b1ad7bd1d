using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Whoami;

/// <summary><c>whoami</c>, without arguments.</summary>
internal static class WhoamiDirective
{
    public static PluginDescriptor Descriptor { get; } = new("whoami", SetUp);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var directive in directives)
        {
            directive.ExpectArguments(0, 0);
            directive.ExpectNoBlock();
        }

        block.Add(new WhoamiPlugin());
    }
}
