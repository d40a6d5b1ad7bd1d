using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Reload;

internal static partial class ReloadLog
{
    [LoggerMessage(1, LogLevel.Information, "Running configuration SHA512 = {Hash}")]
    public static partial void Running(ILogger logger, string hash);

    [LoggerMessage(2, LogLevel.Warning, "Corefile parse failed: {Reason}")]
    public static partial void ParseFailed(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Error, "Corefile changed but reload failed: {Reason}")]
    public static partial void ReloadFailed(ILogger logger, string reason);
}
