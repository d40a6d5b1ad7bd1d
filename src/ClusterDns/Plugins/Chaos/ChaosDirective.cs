using ClusterDns.Corefile;
using ClusterDns.Operations;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Chaos;

/// <summary><c>chaos [VERSION] [AUTHORS...]</c></summary>
internal static class ChaosDirective
{
    public static PluginDescriptor Descriptor { get; } = new("chaos", SetUp);

    public static ChaosOptions Parse(Directive directive)
    {
        directive.ExpectNoBlock();
        var words = directive.Arguments.Select(argument => argument.Text).ToArray();
        return new ChaosOptions(
            words.Length > 0 ? words[0] : $"ClusterDns-{BuildInfo.Version}",
            words.Length > 1
                ? [.. words.Skip(1).Distinct().Order(StringComparer.Ordinal)]
                : [ChaosOptions.DefaultAuthors]);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        // Several lines: the last one counts, as for CoreDNS.
        var options = directives.Select(Parse).Last();
        block.TakesOtherClasses = true;
        block.Add(new ChaosPlugin(options, Environment.MachineName));
    }
}
