using ClusterDns.Cli.Commands;
using ClusterDns.Cli.Querying;
using ClusterDns.Corefile;
using ClusterDns.Explaining;
using ClusterDns.Operations;
using ClusterDns.Serving;

namespace ClusterDns.Cli.Explaining;

/// <summary><c>explain</c>: walks a name as a client does, and says of each step what decided and why.</summary>
internal static class ExplainCommand
{
    public const string Type = "--type";
    public const string From = "--from";
    public const string Server = "--server";
    public const string Conf = "-conf";
    public const string Manifests = "--manifests";
    public const string Kubeconfig = "--kubeconfig";
    public const string Json = "--json";

    public static Command Definition { get; } = new(
        "explain",
        "say why a name resolves, or why it does not",
        "NAME [--type T] [--from CLIENT] [--server HOST:PORT | -conf FILE] [flags]",
        [
            new(Type, "T", "record type (default A)"),
            new(From, "CLIENT", "who looks: NAMESPACE, POD, NAMESPACE/POD or ADDRESS"),
            new(Server, "HOST:PORT", "ask a running server by its HTTP page /explain"),
            new(Conf, "FILE", "Corefile; \"stdin\" reads standard input (default \"Corefile\")"),
            new(Manifests, "PATH", "the objects of a manifest file or directory are the cluster"),
            new(Kubeconfig, "FILE", "the cluster of a kubeconfig, whatever the Corefile says"),
            new(Json, null, "print one JSON object"),
        ],
        RunAsync)
    {
        Description = """
            The name goes through the client's search list as in its resolver: of a client in the cluster the list that the
            kubelet writes, with ndots 5, else that of this machine's resolv.conf. Each name is asked of the server itself,
            a running one or one made here from the Corefile, without sockets for DNS, and what decided says why. The last
            line is what to do next.

            Exit code: 0 the name resolves; 1 it does not, or there is a mistake in the Corefile; 2 a wrong flag, or nobody
            is called so in --from; 9 the running server cannot be asked, or the cluster cannot be read.
            """,
        Examples = """
              ClusterDns explain web.prod --from shop --manifests deploy/example
              ClusterDns explain db --from shop/cart-0 --kubeconfig ~/.kube/config --type AAAA
              ClusterDns explain example.com --from 10.244.1.7 --server 127.0.0.1:8080 --json
            """,
        MostOperands = 1,
    };

    private static async Task<int> RunAsync(CommandArguments arguments, CommandContext context)
    {
        if (!ExplainOptionsReader.TryRead(arguments, out var options, out var error))
        {
            return await CommandHelp.RefuseAsync(Definition, error, context).ConfigureAwait(false);
        }

        var resolver = ResolverSettings.Read(context.ResolvConfPath);
        var request = new ExplainRequest(options.Name, options.Type, options.From)
        {
            Search = resolver.Search,
        };
        return options.Server is null
            ? await ExplainHereAsync(request, options, context).ConfigureAwait(false)
            : await new ExplainClient(options.Server, context).RunAsync(request, options.IsJson).ConfigureAwait(false);
    }

    private static async Task<int> ExplainHereAsync(ExplainRequest request, ExplainOptions options, CommandContext context)
    {
        try
        {
            await using var server = new SocketlessServer(options, context);
            if (await server.StartAsync().ConfigureAwait(false) is { } unread)
            {
                await context.Errors.WriteLineAsync(PrintableText.Escape(unread)).ConfigureAwait(false);
                return ExitCode.NoReply;
            }

            var result = await server.Explainer.ExplainAsync(request, CancellationToken.None).ConfigureAwait(false);
            if (result.Explanation is not { } explanation)
            {
                await context.Errors.WriteLineAsync(result.Error).ConfigureAwait(false);
                return ExitCode.WrongUsage;
            }

            await context.Output.WriteAsync(options.IsJson ? ExplanationJson.Write(explanation) : ExplanationText.Write(explanation))
                .ConfigureAwait(false);
            return explanation.IsResolved ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception exception) when (exception is CorefileException or StartException)
        {
            // What keeps a server from starting keeps this one, and is said in the same words.
            await context.Errors.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }
}
