using ClusterDns.Cli.Commands;
using ClusterDns.Plugins;

namespace ClusterDns.Cli;

internal static class Program
{
    private const int CannotStart = 1;

    private static async Task<int> Main(string[] arguments)
    {
        await using var input = Console.OpenStandardInput();
        var context = new CommandContext(Console.Out, Console.Error) { Input = input };
        return await CommandTable.TryRunAsync(arguments, context) ?? await ServeAsync(arguments, input);
    }

    private static async Task<int> ServeAsync(string[] arguments, Stream input)
    {
        var line = CommandLine.Parse(arguments);
        if (line.Error is { } error)
        {
            var hint = arguments[0].StartsWith('-') ? line.Suggestion : CommandTable.Suggest(arguments[0]);
            await Console.Error.WriteLineAsync(
                $"{error}{(hint is null ? "" : $"\n{hint}")}\n\n{CommandLine.Usage}\n\n{CommandHelp.List}");
            return error.StartsWith("extra", StringComparison.Ordinal) ? CannotStart : ExitCode.WrongUsage;
        }

        if (line.ShowHelp || line.ShowVersion || line.ShowPlugins)
        {
            Console.WriteLine(line switch
            {
                { ShowHelp: true } => $"{CommandLine.Usage}\n\n{CommandHelp.List}",
                { ShowVersion: true } => ProductVersion.Describe(),
                _ => string.Join('\n', PluginOrder.Descriptors.Select(descriptor => $"dns.{descriptor.Name}").Order(StringComparer.Ordinal)),
            });
            return ExitCode.Success;
        }

        await using var output = Console.OpenStandardOutput();
        return await new ServerProcess(line, output, input, Console.Error).RunAsync();
    }
}
