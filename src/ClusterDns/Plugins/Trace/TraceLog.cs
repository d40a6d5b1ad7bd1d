using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Trace;

internal static partial class TraceLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "traces are not sent by this version; 'prometheus' shows how long queries take, 'log' tells of each one")]
    public static partial void DoesNothing(ILogger logger);
}
