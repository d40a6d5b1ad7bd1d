using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations;

/// <summary>Writes one category's lines.</summary>
internal sealed class ConsoleLogger(LogOutput output, DebugSwitch debug, string prefix) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) =>
        logLevel >= LogLevel.Information ? logLevel != LogLevel.None : debug.IsOn;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var text = PrintableText.Escape(formatter(state, exception));
            output.TryWrite($"[{Word(logLevel)}] {prefix}{text}{Indented(exception)}");
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "FATAL",
        LogLevel.Error => "ERROR",
        LogLevel.Warning => "WARNING",
        LogLevel.Information => "INFO",
        _ => "DEBUG",
    };

    // Every line of a stack trace is set in, so that none can pass for a log line of its own.
    private static string Indented(Exception? exception) =>
        exception is null
            ? ""
            : string.Concat(exception.ToString().Split('\n').Select(line => "\n    " + PrintableText.Escape(line.TrimEnd('\r'))));
}
