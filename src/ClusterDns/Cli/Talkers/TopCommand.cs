using ClusterDns.Cli.Commands;
using ClusterDns.Plugins.Top;

namespace ClusterDns.Cli.Talkers;

/// <summary><c>top</c>: asks a running server who asks it most, and what for.</summary>
internal static class TopCommand
{
    public const string Server = "--server";
    public const string By = "--by";
    public const string Count = "--count";
    public const string Watch = "--watch";
    public const string Json = "--json";

    /// <summary>Between two looks at the server.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public static Command Definition { get; } = new(
        "top",
        "show who asks a running server most, and what for",
        "[flags]",
        [
            new(Server, "ADDRESS", $"where the server's /top is (default {TopOptions.UsualAddress})"),
            new(By, "FAMILY", "client, namespace, name, rcode or upstream (default client)"),
            new(Count, "N", $"lines of each list, 1 to {TopTalkers.MostEntries} (default {TopRequest.DefaultCount})"),
            new(Watch, null, "show it anew every 2 seconds, until interrupted or the server is gone"),
            new(Json, null, "print a JSON object, with --watch one on each line"),
        ],
        RunAsync)
    {
        Description = """
            The server's Corefile needs 'top ADDRESS'. It looks at one in some queries, and counts are estimates by that. Each
            is at most too high by what stands under "over"; lists are sorted by the difference. "upstream" are names that
            others had to be asked for.

            Exit code: 0 the server replied; 2 a wrong flag; 9 it did not, or not with such lists.
            """,
        Examples = """
              ClusterDns top
              ClusterDns top --by name --count 20 --watch
              ClusterDns top --server 10.96.0.10:9154 --by namespace --json
            """,
        MostOperands = 0,
    };

    private static async Task<int> RunAsync(CommandArguments arguments, CommandContext context)
    {
        if (!TopRequest.TryRead(arguments, out var request, out var error))
        {
            return await CommandHelp.RefuseAsync(Definition, error, context).ConfigureAwait(false);
        }

        using var fetch = new TopFetch(request, context);
        for (var isFirst = true; ; isFirst = false)
        {
            if (await fetch.AskAsync().ConfigureAwait(false) is not { } report)
            {
                return ExitCode.NoReply;
            }

            await context.Output.WriteAsync(Format(request, report, context, isFirst)).ConfigureAwait(false);
            if (!request.Watches)
            {
                return ExitCode.Success;
            }

            await context.Output.FlushAsync().ConfigureAwait(false);
            await Task.Delay(Interval, context.Time).ConfigureAwait(false);
        }
    }

    private static string Format(TopRequest request, TopReport report, CommandContext context, bool isFirst)
    {
        if (request.IsJson)
        {
            return TopText.WriteJson(request, report);
        }

        var before = !request.Watches ? "" : IsTerminal(context) ? TopText.ClearScreen : isFirst ? "" : "\n";
        return before + TopText.Write(request, report);
    }

    private static bool IsTerminal(CommandContext context) =>
        ReferenceEquals(context.Output, Console.Out) && !Console.IsOutputRedirected;
}
