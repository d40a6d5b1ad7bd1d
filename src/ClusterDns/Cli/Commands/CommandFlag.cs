namespace ClusterDns.Cli.Commands;

/// <summary>A flag of a command.</summary>
/// <param name="Name">As people write it: <c>--strict</c>, <c>-x</c>, <c>+tcp</c>.</param>
/// <param name="Value">What its value is, as the help has it: <c>FILE</c>; null for a switch.</param>
/// <param name="Summary">What it does.</param>
internal sealed record CommandFlag(string Name, string? Value, string Summary)
{
    /// <summary>The value may be left out, and then only an equals sign can bring one: <c>+edns[=SIZE]</c>.</summary>
    public bool ValueIsOptional { get; init; }

    /// <summary>A flag with a plus sign takes its value behind an equals sign alone, as dig's do.</summary>
    public bool TakesNextWord => Value is not null && !ValueIsOptional && Name[0] == '-';

    /// <summary>The value is the path of a file or folder.</summary>
    public bool IsPath => Value is "FILE" or "PATH";

    /// <summary>With its value, for the help.</summary>
    public string Shown => Value is null ? Name
        : ValueIsOptional ? $"{Name}[={Value}]"
        : TakesNextWord ? $"{Name} {Value}"
        : $"{Name}={Value}";

    /// <summary>Whether a word without its value means this flag: of dashes one is as good as two.</summary>
    public bool IsMeantBy(string word) =>
        word.Length > 1 && word[0] == Name[0] && word.TrimStart(word[0]) == Name.TrimStart(Name[0]);
}
