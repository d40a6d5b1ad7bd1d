using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Autopath;

internal static partial class AutopathLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Read {Path} again: {Count} search elements")]
    public static partial void Reread(ILogger logger, string path, int count);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Fault}; the former search list stays")]
    public static partial void NotReread(ILogger logger, string fault);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Does nothing: {Reason}")]
    public static partial void IsInert(ILogger logger, string reason);
}
