using ClusterDns.Plugins;

namespace ClusterDns.Cli;

internal static class Program
{
    private const int Success = 0;
    private const int CannotStart = 1;
    private const int WrongFlags = 2;

    private static async Task<int> Main(string[] arguments)
    {
        var line = CommandLine.Parse(arguments);
        if (line.Error is { } error)
        {
            await Console.Error.WriteLineAsync($"{error}\n\n{CommandLine.Usage}");
            return error.StartsWith("extra", StringComparison.Ordinal) ? CannotStart : WrongFlags;
        }

        if (line.ShowHelp || line.ShowVersion || line.ShowPlugins)
        {
            Console.WriteLine(line switch
            {
                { ShowHelp: true } => CommandLine.Usage,
                { ShowVersion: true } => ProductVersion.Describe(),
                _ => string.Join('\n', PluginOrder.Descriptors.Select(descriptor => $"dns.{descriptor.Name}").Order(StringComparer.Ordinal)),
            });
            return Success;
        }

        await using var output = Console.OpenStandardOutput();
        await using var input = Console.OpenStandardInput();
        return await new ServerProcess(line, output, input, Console.Error).RunAsync();
    }
}
