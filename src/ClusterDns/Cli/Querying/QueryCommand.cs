using ClusterDns.Cli.Commands;

namespace ClusterDns.Cli.Querying;

/// <summary><c>query</c>: asks a DNS server one question and prints what it says, in the form that people know from dig.</summary>
internal static class QueryCommand
{
    public const string Tcp = "+tcp";
    public const string Edns = "+edns";
    public const string NoEdns = "+noedns";
    public const string DnssecOk = "+do";
    public const string Short = "+short";
    public const string Search = "+search";
    public const string NoRecursion = "+norecurse";
    public const string Timeout = "+timeout";
    public const string Reverse = "-x";
    public const string Json = "--json";

    public static Command Definition { get; } = new(
        "query",
        "ask a DNS server, and print what it says",
        "NAME [TYPE] [CLASS] [@SERVER[:PORT]] [flags]",
        [
            new(Tcp, null, "ask over TCP; otherwise TCP is used when a reply over UDP is cut"),
            new(Edns, "SIZE", "take replies of SIZE octets over UDP (default 1232)") { ValueIsOptional = true },
            new(NoEdns, null, "ask without EDNS: 512 octets, and no reasons for errors"),
            new(DnssecOk, null, "ask for signatures too"),
            new(Short, null, "print the data of the answers alone"),
            new(Search, null, "go through the search list of resolv.conf by its ndots, as a pod does"),
            new(NoRecursion, null, "ask for what the server knows itself"),
            new(Timeout, "S", "wait S seconds for a reply, 0.1 to 300 (default 5)"),
            new(Reverse, "ADDRESS", "ask which name an address has, instead of NAME"),
            new(Json, null, "print one JSON object"),
        ],
        RunAsync)
    {
        Description = """
            TYPE is A unless given, with -x PTR; CLASS is IN. Without @SERVER the servers of /etc/resolv.conf are asked in
            turn, each twice over UDP. The sections are those of dig; EDE lines say in the server's words why a query failed.

            Exit code: 0 a server replied, whatever it said; 2 a wrong flag; 9 nobody replied.
            """,
        Examples = """
              ClusterDns query kubernetes.default.svc.cluster.local @10.96.0.10
              ClusterDns query web SRV +search +short
              ClusterDns query -x 10.244.1.7 @127.0.0.1:1053 --json
            """,
        MostOperands = 4,
    };

    private static async Task<int> RunAsync(CommandArguments arguments, CommandContext context)
    {
        if (!QueryOptionsReader.TryRead(arguments, out var options, out var error))
        {
            return await CommandHelp.RefuseAsync(Definition, error, context).ConfigureAwait(false);
        }

        var resolver = ResolverSettings.Read(context.ResolvConfPath);
        var servers = await ServerAddresses.FindAsync(options, resolver, context).ConfigureAwait(false);
        if (servers.Count == 0)
        {
            return ExitCode.NoReply;
        }

        var walk = new NameWalk(options, resolver.Search, new QueryExchange(options, servers, context));
        if (await walk.RunAsync().ConfigureAwait(false) is not { } reply)
        {
            return ExitCode.NoReply;
        }

        await context.Output.WriteAsync(Format(options, reply, walk.Steps, context.Time)).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static string Format(QueryOptions options, ReceivedReply reply, IReadOnlyList<SearchStep> steps, TimeProvider time) =>
        options.IsJson ? ReplyJson.Write(reply, steps)
        : options.IsShort ? ReplyText.WriteShort(reply)
        : ReplyText.Write(reply, steps, time.GetUtcNow());
}
