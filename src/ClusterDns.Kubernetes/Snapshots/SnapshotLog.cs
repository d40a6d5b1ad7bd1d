using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Snapshots;

internal static partial class SnapshotLog
{
    [LoggerMessage(20, LogLevel.Warning,
        "The API server has not told of the cluster yet: {Services} services in {Namespaces} namespaces are served from the snapshot {Path} of {Age} ago, marked as stale")]
    public static partial void Restored(ILogger logger, int services, int namespaces, string path, TimeSpan age);

    [LoggerMessage(21, LogLevel.Information,
        "The API server has told of the cluster; the snapshot {Path} is not served any more")]
    public static partial void Retired(ILogger logger, string path);

    [LoggerMessage(22, LogLevel.Warning,
        "The snapshot {Path} is not used: {Reason}")]
    public static partial void Refused(ILogger logger, string path, string reason);

    [LoggerMessage(23, LogLevel.Information,
        "There is no snapshot {Path} yet")]
    public static partial void Missing(ILogger logger, string path);

    [LoggerMessage(24, LogLevel.Warning,
        "The snapshot {Path} cannot be written: {Reason} ({Held} more since the last such line)")]
    public static partial void WriteFailed(ILogger logger, string path, string reason, int held);

    [LoggerMessage(25, LogLevel.Error,
        "A round of the snapshot {Path} failed and the next one will be tried")]
    public static partial void RoundFailed(ILogger logger, Exception error, string path);
}
