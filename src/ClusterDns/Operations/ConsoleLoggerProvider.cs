using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations;

/// <summary>Log lines in CoreDNS's form: <c>[LEVEL] text</c>, without time, of a plugin <c>[LEVEL] plugin/NAME: text</c>.</summary>
internal sealed class ConsoleLoggerProvider(LogOutput output, DebugSwitch debug) : ILoggerProvider
{
    private const string PluginCategory = "plugin/";

    /// <summary>A factory whose only filter is <paramref name="debug"/>.</summary>
    public static ILoggerFactory CreateFactory(LogOutput output, DebugSwitch debug) =>
        new LoggerFactory(
            [new ConsoleLoggerProvider(output, debug)],
            new LoggerFilterOptions { MinLevel = LogLevel.Trace });

    public ILogger CreateLogger(string categoryName) => new ConsoleLogger(
        output,
        debug,
        categoryName.StartsWith(PluginCategory, StringComparison.Ordinal) ? categoryName + ": " : "");

    public void Dispose()
    {
        // The output belongs to the command line.
    }
}
