using System.Diagnostics.CodeAnalysis;
using ClusterDns.Corefile;

namespace ClusterDns.Cli.Commands;

/// <summary>The words behind a command's name, sorted into flags and operands.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string?> _flags = [];
    private readonly List<string> _operands = [];

    /// <summary>The words that are no flags, in their order.</summary>
    public IReadOnlyList<string> Operands => _operands;

    public bool Has(string flag) => _flags.ContainsKey(flag);

    /// <summary>The value of a flag; null if it has none or is not there.</summary>
    public string? ValueOf(string flag) => _flags.GetValueOrDefault(flag);

    /// <param name="command">Whose words they are.</param>
    /// <param name="words">Those behind the name. Behind <c>--</c> every word is an operand.</param>
    /// <param name="arguments">What they say; of a flag given twice the last counts.</param>
    /// <param name="error">What is wrong, for a person.</param>
    public static bool TryRead(
        Command command,
        IReadOnlyList<string> words,
        [NotNullWhen(true)] out CommandArguments? arguments,
        [NotNullWhen(false)] out string? error)
    {
        arguments = null;
        var read = new CommandArguments();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                read._operands.AddRange(words.Skip(i + 1));
                break;
            }

            if (words[i] is not ['-' or '+', _, ..])
            {
                read._operands.Add(words[i]);
            }
            else if (!read.TryReadFlag(command, words, ref i, out error))
            {
                return false;
            }
        }

        error = read._operands.Count > command.MostOperands
            ? $"'{read._operands[command.MostOperands]}' is one argument too many"
            : null;
        arguments = error is null ? read : null;
        return error is null;
    }

    private bool TryReadFlag(
        Command command, IReadOnlyList<string> words, ref int position, [NotNullWhen(false)] out string? error)
    {
        var word = words[position];
        var equals = word.IndexOf('=');
        var name = equals < 0 ? word : word[..equals];
        var value = equals < 0 ? null : word[(equals + 1)..];
        error = null;
        if (command.Flags.FirstOrDefault(flag => flag.IsMeantBy(name)) is not { } flag)
        {
            var nearest = NearestName.Find(name, command.Flags.Select(known => known.Name).Append(CommandHelp.Flag));
            error = $"'{command.Name}' has no flag {name}" + (nearest is null ? "" : $", did you mean {nearest}?");
        }
        else if (flag.Value is null && value is not null)
        {
            error = $"{flag.Name} takes no value";
        }
        else if (value is null && flag.TakesNextWord)
        {
            if (position + 1 < words.Count)
            {
                _flags[flag.Name] = words[++position];
            }
            else
            {
                error = $"{flag.Name} needs a value: {flag.Shown}";
            }
        }
        else if (value is null && flag is { Value: not null, ValueIsOptional: false })
        {
            error = $"{flag.Name} needs a value: {flag.Shown}";
        }
        else
        {
            _flags[flag.Name] = value;
        }

        return error is null;
    }
}
