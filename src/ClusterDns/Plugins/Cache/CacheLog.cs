using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Cache;

internal static partial class CacheLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Refreshing {Name} {Type} failed ({HeldBack} more since the last such line)")]
    public static partial void RefreshFailed(ILogger logger, string name, RecordType type, long heldBack, Exception exception);
}
