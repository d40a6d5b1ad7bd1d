using System.Text;
using ClusterDns.Cli.Commands;

namespace ClusterDns.Cli.Completion;

/// <summary>A function for bash: the first word is a command or a flag of the server, those behind belong to the command.</summary>
internal static class BashCompletion
{
    public static string Write()
    {
        var script = new StringBuilder();
        script.Append("""
            # bash completion for ClusterDns
            _ClusterDns() {
                local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words
                case $before in

            """);
        script.Append($"        {PathFlags()}) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n");
        script.Append("    esac\n    case ${COMP_WORDS[1]} in\n");
        foreach (var command in CommandTable.All)
        {
            script.Append($"        {command.Name}) words='{CompletionWords.Of(command)}' ;;\n");
        }

        script.Append($"        *) words='{CompletionWords.OfServer}' ;;\n");
        script.Append("""
                esac
                COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _ClusterDns ClusterDns

            """).Append('\n');
        return script.ToString();
    }

    private static string PathFlags() => string.Join(
        '|',
        CommandTable.All.SelectMany(command => command.Flags).Concat(CommandLine.Flags)
            .Where(flag => flag is { IsPath: true, TakesNextWord: true })
            .Select(flag => flag.Name)
            .Distinct());
}
