using ClusterDns.Kubernetes.Objects;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Zone;

internal static partial class ZoneLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Kind} {Key}: {Reason}")]
    public static partial void Rejected(ILogger logger, ResourceKind kind, ObjectKey key, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Count} objects had to be left out in part or whole; more are not named")]
    public static partial void RejectionsFull(ILogger logger, int count);
}
