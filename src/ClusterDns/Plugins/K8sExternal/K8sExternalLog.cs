using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.K8sExternal;

internal static partial class K8sExternalLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void NotAZone(ILogger logger, string warning);
}
