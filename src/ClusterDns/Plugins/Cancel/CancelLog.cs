using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Cancel;

internal static partial class CancelLog
{
    [LoggerMessage(1, LogLevel.Error, "{Code} {Name} {Type}: {Reason}, and so had {Others} other queries since the last such line")]
    public static partial void TimedOut(ILogger logger, int code, string name, string type, string reason, long others);
}
