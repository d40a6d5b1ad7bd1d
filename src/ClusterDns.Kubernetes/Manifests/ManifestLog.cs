using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>What manifest files have to say to the person who wrote them.</summary>
internal static partial class ManifestLog
{
    [LoggerMessage(1, LogLevel.Error, "{Position}: {Problem}")]
    public static partial void Broken(ILogger logger, ManifestPosition position, string problem);

    [LoggerMessage(2, LogLevel.Warning, "{Position}: {Problem}")]
    public static partial void Odd(ILogger logger, ManifestPosition position, string problem);

    [LoggerMessage(3, LogLevel.Error, "{File}: {Count} more problems like these")]
    public static partial void MoreProblems(ILogger logger, string file, int count);

    [LoggerMessage(4, LogLevel.Warning, "{File}: {Count} objects are served as they were before, until the file is mended")]
    public static partial void Kept(ILogger logger, string file, int count);

    [LoggerMessage(5, LogLevel.Error, "Manifests cannot be read, and what was read before is served: {Reason}")]
    public static partial void Unreadable(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Error, "Manifest left out: {Reason}")]
    public static partial void FileLeftOut(ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Warning}")]
    public static partial void Warning(ILogger logger, string warning);

    [LoggerMessage(8, LogLevel.Information, "Read {Objects} objects from {Files} manifest files in {Path}")]
    public static partial void Loaded(ILogger logger, int objects, int files, string path);

    [LoggerMessage(9, LogLevel.Debug, "{Position}: passed over a document of kind {Kind} ({ApiVersion})")]
    public static partial void PassedOver(ILogger logger, ManifestPosition position, string kind, string apiVersion);

    [LoggerMessage(10, LogLevel.Information, "Changes of manifests are looked for every {Interval}, since the system cannot tell of them: {Reason}")]
    public static partial void PollingOnly(ILogger logger, TimeSpan interval, string reason);

    [LoggerMessage(11, LogLevel.Warning, "{Count} more warnings like these")]
    public static partial void MoreWarnings(ILogger logger, int count);
}
