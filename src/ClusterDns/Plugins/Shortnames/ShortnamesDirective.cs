using ClusterDns.Corefile;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Shortnames;

/// <summary><c>shortnames { clients all|pods; namespaces NAMESPACE...; ttl SECONDS }</c></summary>
internal static class ShortnamesDirective
{
    private const string Name = "shortnames";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static ShortnamesOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 0);
        var options = new ShortnamesOptions();
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            options = property.Name switch
            {
                "clients" => options with { PodsOnly = ReadPodsOnly(property) },
                "ttl" => options with { TimeToLive = ReadTimeToLive(property) },
                "namespaces" => options with { Namespaces = [.. options.Namespaces, .. ReadNamespaces(property)] },
                _ => throw property.UnknownProperty(),
            };
        }

        return options;
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        if (!block.DirectiveNames.Contains("kubernetes"))
        {
            throw directives[0].Error("'shortnames' needs 'kubernetes' in the same server block");
        }

        var plugin = new ShortnamesPlugin(Parse(directives[0]), block.Services.Queries);
        block.Configuration.OnStart(_ =>
        {
            plugin.Use(block.Plugins.OfType<KubernetesPlugin>().Single());
            return Task.CompletedTask;
        });
        block.Add(plugin);
    }

    private static bool ReadPodsOnly(Directive property) => property.SingleArgument() switch
    {
        "all" => false,
        "pods" => true,
        var other => throw property.Error($"'{other}' is neither 'all' nor 'pods'"),
    };

    private static uint ReadTimeToLive(Directive property)
    {
        property.ExpectArguments(1, 1);
        return (uint)property.Arguments[0].ReadInteger(0, ShortnamesOptions.LongestTimeToLive);
    }

    private static IEnumerable<string> ReadNamespaces(Directive property)
    {
        property.ExpectArguments(1);
        return property.Arguments.Select(word => word.Text.ToLowerInvariant());
    }
}
