using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Pprof;

/// <summary><c>pprof [ADDRESS] { block [RATE] }</c>: read, and nothing more.</summary>
internal static class PprofDirective
{
    private const string Name = "pprof";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static void Check(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        if (directive.Arguments is [{ Text: var address }] && !HttpListenAddress.TryParse(address, out _, out var mistake))
        {
            throw directive.Error(mistake);
        }

        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            if (property.Name != "block")
            {
                throw property.UnknownProperty();
            }

            property.ExpectArguments(0, 1);
            if (property.Arguments is [{ Text: var rate }]
                && !(int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
            {
                throw property.Error($"invalid block rate '{rate}': must be a positive integer");
            }
        }
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        Check(directives[0]);
        PprofLog.DoesNothing(block.LoggerFor(Name));
    }
}
