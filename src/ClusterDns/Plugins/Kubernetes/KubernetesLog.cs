using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Kubernetes;

internal static partial class KubernetesLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Multiple endpoints have been deprecated, only the first specified endpoint '{Endpoint}' is used")]
    public static partial void MoreEndpoints(ILogger logger, string endpoint);

    [LoggerMessage(2, LogLevel.Information, "waiting for Kubernetes API before starting server")]
    public static partial void Waiting(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "starting server with unsynced Kubernetes API")]
    public static partial void StartsUnsynced(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "the addresses of this machine cannot be read, so NS records will be missing: {Reason}")]
    public static partial void NoLocalAddresses(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Warning, "{Warning}")]
    public static partial void NotAZone(ILogger logger, string warning);

    [LoggerMessage(
        6,
        LogLevel.Information,
        "{Services} services in {Namespaces} namespaces with {Endpoints} ready endpoints, from {Source}")]
    public static partial void Synced(ILogger logger, int services, int namespaces, int endpoints, string source);

    [LoggerMessage(7, LogLevel.Information, "manifests are read from this machine's disk anyway: the snapshot property means nothing with them")]
    public static partial void NoSnapshotOfManifests(ILogger logger);
}
