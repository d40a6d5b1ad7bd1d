using ClusterDns.Cli.Commands;

namespace ClusterDns.Tests.Cli.Commands;

/// <summary>What a command line did.</summary>
/// <param name="Code">The exit code; null if the words are none of a command's.</param>
/// <param name="Output">All that was printed.</param>
/// <param name="Errors">All of the error stream.</param>
internal sealed record CommandRun(int? Code, string Output, string Errors)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<CommandRun> RunAsync(params string[] words) => RunAsync(context => context, words);

    public static async Task<CommandRun> RunAsync(Func<CommandContext, CommandContext> adapt, params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var context = adapt(new CommandContext(output, errors) { Environment = _ => null, ResolvConfPath = "/nonexistent/resolv.conf" });
        var code = await CommandTable.TryRunAsync(words, context);
        return new CommandRun(code, output.ToString(), errors.ToString());
    }
}
