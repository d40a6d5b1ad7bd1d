using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>What the talk with the API server has to say to people.</summary>
internal static partial class ApiServerLog
{
    [LoggerMessage(1, LogLevel.Error,
        "Not allowed to {Verb} {Resource}: {Reason}; add to the ClusterRole: {Rule}")]
    public static partial void Forbidden(ILogger logger, string verb, string resource, string reason, string rule);

    [LoggerMessage(2, LogLevel.Error,
        "Token or client certificate not accepted when asking to {Verb} {Resource}: {Reason}")]
    public static partial void Unauthenticated(ILogger logger, string verb, string resource, string reason);

    [LoggerMessage(3, LogLevel.Warning,
        "Failed to {Verb} {Resource}: {Reason}; trying again in {Seconds:0.0} s")]
    public static partial void Failed(ILogger logger, string verb, string resource, string reason, double seconds);

    [LoggerMessage(4, LogLevel.Information,
        "Listing {Resource} anew in {Seconds:0.0} s: {Reason}")]
    public static partial void Relisting(ILogger logger, string resource, double seconds, string reason);

    [LoggerMessage(5, LogLevel.Information,
        "Following {Resource} again; failed attempts: {Failures}")]
    public static partial void Recovered(ILogger logger, string resource, int failures);

    [LoggerMessage(6, LogLevel.Warning,
        "Object {Key} of {Resource} {Outcome}: {Problem} ({Held} lines like this were held back)")]
    public static partial void OddObject(ILogger logger, string resource, string key, string outcome, string problem, int held);

    [LoggerMessage(7, LogLevel.Information,
        "The API server serves no EndpointSlices; endpoints are read from Endpoints")]
    public static partial void NoSlices(ILogger logger);

    [LoggerMessage(8, LogLevel.Information,
        "The API server serves EndpointSlices now; endpoints are read from them")]
    public static partial void SlicesAppeared(ILogger logger);
}
