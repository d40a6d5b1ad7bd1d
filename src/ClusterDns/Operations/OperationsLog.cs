using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations;

internal static partial class OperationsLog
{
    [LoggerMessage(1, LogLevel.Error, "{What} failed and goes on ({HeldBack} more since the last such line)")]
    public static partial void RoundFailed(ILogger logger, Exception error, string what, long heldBack);
}
