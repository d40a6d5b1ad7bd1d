using System.Text;
using ClusterDns.Cli.Commands;

namespace ClusterDns.Cli.Completion;

/// <summary>Lines for fish, each word with its explanation.</summary>
internal static class FishCompletion
{
    private const string First = "__fish_is_nth_token 1";

    public static string Write()
    {
        var script = new StringBuilder("# fish completion for ClusterDns\n");
        foreach (var command in CommandTable.All)
        {
            Offer(script, First, command.Name, command.Summary);
        }

        AppendFlags(script, First, CommandLine.Flags);
        foreach (var command in CommandTable.All)
        {
            var condition = $"__fish_seen_subcommand_from {command.Name}";
            foreach (var choice in command.Choices)
            {
                Offer(script, condition, choice, command.Summary);
            }

            AppendFlags(script, condition, command.Flags);
        }

        return script.ToString();
    }

    private static void AppendFlags(StringBuilder script, string condition, IReadOnlyList<CommandFlag> flags)
    {
        foreach (var flag in flags)
        {
            Offer(script, condition, flag.Name, flag.Summary);
        }
    }

    private static void Offer(StringBuilder script, string condition, string word, string summary) =>
        script.Append($"complete -c ClusterDns -n '{condition}' -a '{word}' -d '{summary.Replace("'", "", StringComparison.Ordinal)}'\n");
}
