using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Minimal;

/// <summary><c>minimal</c>, without arguments.</summary>
internal static class MinimalDirective
{
    public static PluginDescriptor Descriptor { get; } = new("minimal", SetUp);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var directive in directives)
        {
            directive.ExpectArguments(0, 0);
            directive.ExpectNoBlock();
        }

        block.Add(new MinimalPlugin());
    }
}
