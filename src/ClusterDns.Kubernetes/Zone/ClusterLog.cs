using ClusterDns.Kubernetes.Objects;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Zone;

internal static partial class ClusterLog
{
    [LoggerMessage(10, LogLevel.Error, "{Action} of {Kind} {Key} failed and is skipped ({Held} more since the last such line)")]
    public static partial void ChangeFailed(
        ILogger logger, Exception exception, ClusterAction action, ResourceKind kind, ObjectKey key, int held);

    [LoggerMessage(11, LogLevel.Error, "Reading the cluster ended unexpectedly; it begins again in {Delay}")]
    public static partial void SourceFailed(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(12, LogLevel.Warning, "Reading the cluster did not stop within {Timeout}")]
    public static partial void StopTimedOut(ILogger logger, TimeSpan timeout);
}
