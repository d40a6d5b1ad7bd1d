using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Cli.Checking;

/// <summary>A log that keeps what is at least a warning: what a server would say while it starts is a finding here.</summary>
internal sealed class SetupWarnings : ILoggerFactory
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Each line once, in the order of the log, with <c>plugin/NAME: </c> in front.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Distinct()];

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
        // This is the only place that lines go to.
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Listener(SetupWarnings warnings, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                warnings._lines.Enqueue($"{category}: {formatter(state, exception)}");
            }
        }
    }
}
