using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Template;

internal static partial class TemplateLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Every query that needs \"{Template}\" will fail: {Mistake}")]
    public static partial void NoRecord(ILogger logger, string template, string mistake);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void NotAZone(ILogger logger, string warning);
}
