using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Ready;

/// <summary><c>ready [ADDRESS] { monitor until-ready|continuously }</c></summary>
internal static class ReadyDirective
{
    private const string Name = "ready";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static ReadyOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        var address = directive.Arguments.Count > 0 ? directive.Arguments[0].Text : ReadyOptions.DefaultAddress;
        if (!HttpListenAddress.TryParse(address, out _, out var mistake))
        {
            throw directive.Error(mistake);
        }

        var isContinuous = false;
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            isContinuous = property.Name switch
            {
                "monitor" => IsContinuous(property, property.SingleArgument()),
                _ => throw property.UnknownProperty(),
            };
        }

        return new ReadyOptions(address, isContinuous);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = Parse(directives[0]);
        var configuration = block.Configuration;
        var page = new ReadyPage(configuration.Readiness, options.IsContinuous, block.LoggerFor(Name));
        configuration.AddPage(options.Address, "/ready", page.WriteAsync);
        configuration.OnDrain(_ =>
        {
            page.ShutDown();
            return Task.CompletedTask;
        });
    }

    private static bool IsContinuous(Directive property, string monitor) => monitor switch
    {
        "until-ready" => false,
        "continuously" => true,
        _ => throw property.Error($"monitor type '{monitor}' not supported"),
    };
}
