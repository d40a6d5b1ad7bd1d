using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Status.Pages;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status;

/// <summary><c>status [ADDRESS] { host NAME...; control }</c></summary>
internal static class StatusDirective
{
    private const string Name = "status";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static StatusOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        var address = directive.Arguments.Count > 0 ? directive.Arguments[0].Text : StatusOptions.DefaultAddress;
        if (MistakeIn(address) is { } mistake)
        {
            throw directive.Error(mistake);
        }

        List<string> hostNames = [];
        var hasControls = false;
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            switch (property.Name)
            {
                case "host":
                    property.ExpectArguments(1);
                    hostNames.AddRange(property.Arguments.Select(word => ReadHost(property, word.Text)));
                    break;
                case "control":
                    property.ExpectArguments(0, 0);
                    hasControls = true;
                    break;
                default:
                    throw property.UnknownProperty();
            }
        }

        return new StatusOptions(address, hostNames, hasControls);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = Parse(directives[0]);
        var board = block.Services.Status;
        var configuration = block.Configuration;
        new StatusPages(options, board).AddTo(configuration);

        // A block with prometheus is counted there, and once is enough.
        var counts = block.DirectiveNames.Contains("prometheus") ? null : board.Queries;
        block.Add(new StatusPlugin(board.Tail, counts, block.ViewName));
        configuration.OnStart(_ =>
        {
            board.Acquire(configuration);
            return Task.CompletedTask;
        });
        configuration.OnStop(_ => board.ReleaseAsync(configuration));
    }

    private static string? MistakeIn(string address)
    {
        string? mistake;
        _ = UnixSocketAddress.IsMeantBy(address)
            ? UnixSocketAddress.TryParse(address, out _, out mistake)
            : HttpListenAddress.TryParse(address, out _, out mistake);
        return mistake;
    }

    private static string ReadHost(Directive property, string text) =>
        Uri.CheckHostName(text) == UriHostNameType.Unknown
            ? throw property.Error($"'{text}' is no host name: without port, as a browser has it in front of the colon")
            : text;
}
