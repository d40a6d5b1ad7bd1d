using ClusterDns.Cli.Checking;
using ClusterDns.Cli.Completion;
using ClusterDns.Cli.Explaining;
using ClusterDns.Cli.Querying;
using ClusterDns.Cli.Talkers;
using ClusterDns.Corefile;

namespace ClusterDns.Cli.Commands;

/// <summary>Every command, in the order of the help. A new one is a file with its definition and a line here.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Command> All { get; } =
    [
        CheckCommand.Definition,
        QueryCommand.Definition,
        ExplainCommand.Definition,
        TopCommand.Definition,
        CompletionCommand.Definition,
    ];

    public static Command? Find(string name) => All.FirstOrDefault(command => command.Name == name);

    /// <summary>
    /// Runs the command that the first word names. Null if that is no command, which leaves the words to the server.
    /// </summary>
    public static async Task<int?> TryRunAsync(IReadOnlyList<string> words, CommandContext context)
    {
        if (words is ["help", ..] or [])
        {
            return words.Count == 0 ? null : await CommandHelp.RunAsync([.. words.Skip(1)], context).ConfigureAwait(false);
        }

        if (Find(words[0]) is not { } command)
        {
            return null;
        }

        var rest = words.Skip(1).ToList();
        if (rest.TakeWhile(word => word != "--").Any(CommandHelp.IsAskedBy))
        {
            await context.Output.WriteLineAsync(CommandHelp.Of(command)).ConfigureAwait(false);
            return ExitCode.Success;
        }

        if (!CommandArguments.TryRead(command, rest, out var arguments, out var error))
        {
            return await CommandHelp.RefuseAsync(command, error, context).ConfigureAwait(false);
        }

        return await command.RunAsync(arguments, context).ConfigureAwait(false);
    }

    /// <summary>What to say to a first word that nobody knows; null if it looks like none of the commands.</summary>
    public static string? Suggest(string word) =>
        NearestName.Find(word, All.Select(command => command.Name).Append("help")) is { } nearest
            ? $"there is no command '{word}', did you mean '{nearest}'?"
            : null;
}
