using ClusterDns.Cli.Commands;

namespace ClusterDns.Cli.Completion;

/// <summary>The words that a shell offers.</summary>
internal static class CompletionWords
{
    /// <summary>Where the first word is asked for.</summary>
    public static string OfServer { get; } = string.Join(
        ' ',
        CommandTable.All.Select(command => command.Name).Append("help").Concat(CommandLine.Flags.Select(flag => flag.Name)));

    /// <summary>Behind a command. A flag whose value is joined to it ends in an equals sign.</summary>
    public static string Of(Command command) => string.Join(
        ' ',
        command.Choices.Concat(command.Flags.Select(Of)).Append(CommandHelp.Flag));

    private static string Of(CommandFlag flag) =>
        flag is { Value: not null, TakesNextWord: false, ValueIsOptional: false } ? flag.Name + "=" : flag.Name;
}
