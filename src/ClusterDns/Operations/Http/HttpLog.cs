using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations.Http;

internal static partial class HttpLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "HTTP page {Path} failed")]
    public static partial void PageFailed(ILogger logger, string path, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "HTTP server on {Address} did not close in time")]
    public static partial void ClosedLate(ILogger logger, string address);
}
