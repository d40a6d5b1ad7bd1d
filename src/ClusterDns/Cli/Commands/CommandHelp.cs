using System.Text;

namespace ClusterDns.Cli.Commands;

/// <summary>The help of commands, made from their definitions.</summary>
internal static class CommandHelp
{
    public const string Flag = "--help";

    private const int FlagColumn = 20;

    public static bool IsAskedBy(string word) => word is Flag or "-help" or "-h";

    /// <summary>The lines that the server's own help has about commands.</summary>
    public static string List
    {
        get
        {
            var text = new StringBuilder("Commands, each with a --help of its own:\n");
            foreach (var command in CommandTable.All)
            {
                text.Append($"\n  {command.Name,-FlagColumn + 1} {command.Summary}");
            }

            return text.ToString();
        }
    }

    /// <summary>All there is to say about one command.</summary>
    public static string Of(Command command)
    {
        var text = new StringBuilder($"Usage: ClusterDns {command.Name} {command.Synopsis}".TrimEnd());
        text.Append($"\n\n{command.Summary}\n");
        Append(text, command.Description, "\n");
        text.Append('\n');
        foreach (var flag in command.Flags.Append(new CommandFlag(Flag, null, "show this text and exit")))
        {
            text.Append($"  {flag.Shown,-FlagColumn + 1} {flag.Summary}\n");
        }

        Append(text, command.Examples, "\nExamples:\n\n");
        return text.ToString().TrimEnd('\n');
    }

    /// <summary><c>help</c> or <c>help COMMAND</c>.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, CommandContext context)
    {
        if (words.Count > 0 && CommandTable.Find(words[0]) is null)
        {
            await context.Errors.WriteLineAsync(CommandTable.Suggest(words[0]) ?? $"there is no command '{words[0]}'")
                .ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        await context.Output.WriteLineAsync(
            words.Count > 0 ? Of(CommandTable.Find(words[0])!) : $"{CommandLine.Usage}\n\n{List}").ConfigureAwait(false);
        return ExitCode.Success;
    }

    public static async Task<int> RefuseAsync(Command command, string error, CommandContext context)
    {
        await context.Errors.WriteLineAsync(
            $"{error}\nUsage: ClusterDns {command.Name} {command.Synopsis}\nMore: ClusterDns {command.Name} {Flag}")
            .ConfigureAwait(false);
        return ExitCode.WrongUsage;
    }

    private static void Append(StringBuilder text, string part, string before)
    {
        if (part.Length > 0)
        {
            text.Append(before).Append(part).Append('\n');
        }
    }
}
