namespace ClusterDns.Cli.Commands;

/// <summary>One word of the command line that is not the server: what it takes, how it is explained, what it does.</summary>
/// <param name="Name">The word.</param>
/// <param name="Summary">A line for the list of commands.</param>
/// <param name="Synopsis">What stands behind the name, as the usage line has it.</param>
/// <param name="Flags">Every flag; <c>--help</c> needs no mention.</param>
/// <param name="RunAsync">Does it, and gives the exit code.</param>
internal sealed record Command(
    string Name,
    string Summary,
    string Synopsis,
    IReadOnlyList<CommandFlag> Flags,
    Func<CommandArguments, CommandContext, Task<int>> RunAsync)
{
    /// <summary>What the words behind the name are for; empty where the synopsis says it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Lines that a person can try.</summary>
    public string Examples { get; init; } = "";

    /// <summary>Words that may stand where an argument does, for completion.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Most words that are no flags.</summary>
    public int MostOperands { get; init; } = int.MaxValue;
}
