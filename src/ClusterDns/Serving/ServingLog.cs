using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Serving;

internal static partial class ServingLog
{
    [LoggerMessage(1, LogLevel.Error, "Recovered from panic in server: {Name} {Type}: {What}")]
    public static partial void Recovered(ILogger logger, string name, RecordType type, string what);

    [LoggerMessage(2, LogLevel.Warning, "{Text}")]
    public static partial void CorefileWarning(ILogger logger, string text);

    [LoggerMessage(3, LogLevel.Information, "Reloading")]
    public static partial void Reloading(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "Reloading complete")]
    public static partial void ReloadComplete(ILogger logger);

    [LoggerMessage(5, LogLevel.Error, "Restart failed: {Reason}")]
    public static partial void ReloadFailed(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Error, "Stopping a part of the old configuration failed")]
    public static partial void StopFailed(ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "{Listener} keeps its {Sockets} UDP sockets until the next start; the Corefile asks for {Wanted}")]
    public static partial void SocketsKept(ILogger logger, string listener, int sockets, int wanted);

    [LoggerMessage(9, LogLevel.Information, "Still asked after {Seconds} seconds of waiting for quiet, stopping nevertheless")]
    public static partial void StillAsked(ILogger logger, int seconds);

    [LoggerMessage(7, LogLevel.Information, "{Summary}")]
    public static partial void ClusterSynced(ILogger logger, string summary);

    [LoggerMessage(10, LogLevel.Error, "Restart failed because of a fault in the server; the old configuration goes on")]
    public static partial void ReloadBroke(ILogger logger, Exception exception);
}
