using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Cache;

internal static partial class CacheLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Refreshing {Name} {Type} failed")]
    public static partial void RefreshFailed(ILogger logger, string name, RecordType type, Exception exception);
}
