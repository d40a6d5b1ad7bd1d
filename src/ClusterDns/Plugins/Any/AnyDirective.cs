using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Any;

/// <summary><c>any</c>, without arguments.</summary>
internal static class AnyDirective
{
    public static PluginDescriptor Descriptor { get; } = new("any", SetUp);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var directive in directives)
        {
            directive.ExpectArguments(0, 0);
            directive.ExpectNoBlock();
        }

        block.Add(new AnyPlugin());
    }
}
