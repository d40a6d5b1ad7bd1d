using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.LoadBalance;

internal static partial class LoadBalanceLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Successfully reloaded weight file {Path}")]
    public static partial void Loaded(ILogger logger, string path);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Failed to open weight file {Path}. Will try again in {Interval}")]
    public static partial void NoFileYet(ILogger logger, string path, string interval);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "{Fault}")]
    public static partial void NotLoaded(ILogger logger, string fault);
}
