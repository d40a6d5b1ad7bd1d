using ClusterDns.Cli.Commands;

namespace ClusterDns.Cli.Completion;

/// <summary><c>completion bash|zsh|fish</c></summary>
internal static class CompletionCommand
{
    public static Command Definition { get; } = new(
        "completion",
        "print the script that lets a shell complete this program's words",
        "bash|zsh|fish",
        [],
        RunAsync)
    {
        MostOperands = 1,
        Choices = ["bash", "zsh", "fish"],
        Examples = """
              source <(ClusterDns completion bash)
              ClusterDns completion zsh > "${fpath[1]}/_ClusterDns"
              ClusterDns completion fish > ~/.config/fish/completions/ClusterDns.fish
            """,
    };

    private static async Task<int> RunAsync(CommandArguments arguments, CommandContext context)
    {
        var script = arguments.Operands switch
        {
            ["bash"] => BashCompletion.Write(),
            ["zsh"] => ZshCompletion.Write(),
            ["fish"] => FishCompletion.Write(),
            _ => null,
        };
        if (script is null)
        {
            var error = arguments.Operands is [var shell] ? $"no script for the shell '{shell}'" : "which shell?";
            return await CommandHelp.RefuseAsync(Definition, error, context).ConfigureAwait(false);
        }

        await context.Output.WriteAsync(script).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
