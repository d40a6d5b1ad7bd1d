using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Ready;

internal static partial class ReadyLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Plugins not ready: \"{Names}\"")]
    public static partial void NotReady(ILogger logger, string names);
}
