using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Errors;

internal static partial class ErrorsLog
{
    [LoggerMessage(EventId = 1, Message = "{Code} {Name} {Type}: {Error}")]
    public static partial void Failed(ILogger logger, LogLevel level, int code, string name, string type, string error);

    [LoggerMessage(EventId = 2, Message = "{Count} errors like '{Pattern}' occurred in last {Period}")]
    public static partial void Consolidated(ILogger logger, LogLevel level, int count, string pattern, string period);
}
