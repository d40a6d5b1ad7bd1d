using System.Text;
using ClusterDns.Cli.Commands;

namespace ClusterDns.Cli.Completion;

/// <summary>A function for zsh, each word with its explanation.</summary>
internal static class ZshCompletion
{
    public static string Write()
    {
        var script = new StringBuilder();
        script.Append("""
            #compdef ClusterDns
            # zsh completion for ClusterDns
            _ClusterDns() {
              local -a offered
              if (( CURRENT == 2 )); then
                offered=(

            """);
        foreach (var command in CommandTable.All)
        {
            script.Append($"      {Quote(command.Name, command.Summary)}\n");
        }

        AppendFlags(script, CommandLine.Flags, "      ");
        script.Append("    )\n    _describe 'command' offered\n    return\n  fi\n  case $words[2] in\n");
        foreach (var command in CommandTable.All)
        {
            script.Append($"    {command.Name}) offered=(\n");
            foreach (var choice in command.Choices)
            {
                script.Append($"      '{choice}'\n");
            }

            AppendFlags(script, command.Flags, "      ");
            script.Append("      ) ;;\n");
        }

        script.Append("""
                *) offered=() ;;
              esac
              _describe 'word' offered
              _files
            }
            compdef _ClusterDns ClusterDns

            """).Append('\n');
        return script.ToString();
    }

    private static void AppendFlags(StringBuilder script, IReadOnlyList<CommandFlag> flags, string indent)
    {
        foreach (var flag in flags)
        {
            script.Append($"{indent}{Quote(flag.Name, flag.Summary)}\n");
        }
    }

    private static string Quote(string word, string summary) => $"'{word}:{summary.Replace("'", "", StringComparison.Ordinal)}'";
}
