using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Root;

internal static partial class RootLog
{
    [LoggerMessage(1, LogLevel.Warning, "Root path does not exist: {Path}")]
    public static partial void NotThere(ILogger logger, string path);
}
