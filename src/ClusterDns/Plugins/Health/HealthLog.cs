using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Health;

internal static partial class HealthLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Local health request to \"{Url}\" failed: {Reason}")]
    public static partial void ProbeFailed(ILogger logger, string url, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Local health request to \"{Url}\" took more than 1s: {Elapsed}")]
    public static partial void ProbeWasSlow(ILogger logger, string url, string elapsed);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Going into lameduck mode for {Duration}")]
    public static partial void GoesLame(ILogger logger, string duration);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Watchdog: {What}")]
    public static partial void WatchdogChanged(ILogger logger, string what);
}
