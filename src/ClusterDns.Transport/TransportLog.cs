using Microsoft.Extensions.Logging;

namespace ClusterDns.Transport;

/// <summary>Every line that this project logs; nothing per packet or per connection.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(1, LogLevel.Information, "{Listener}: {Workers} workers receive and send in batches", EventName = "UdpInBatches")]
    public static partial void UdpInBatches(this ILogger logger, string listener, int workers);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "{Listener}: {Workers} workers take one packet at a time, because {Reason}",
        EventName = "UdpManaged")]
    public static partial void UdpManaged(this ILogger logger, string listener, int workers, string reason);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "{Listener}: {Workers} workers take one packet at a time, because {Reason}; on a host with several addresses a "
        + "reply may leave from another one than was asked, so bind each address by itself",
        EventName = "UdpManagedWildcard")]
    public static partial void UdpManagedWildcard(this ILogger logger, string listener, int workers, string reason);

    [LoggerMessage(
        4,
        LogLevel.Error,
        "{Listener}: receiving failed, trying again ({HeldBack} more since the last such line)",
        EventName = "ReceiveFailed")]
    public static partial void ReceiveFailed(this ILogger logger, Exception error, string listener, long heldBack);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "{Listener}: a query was lost to a fault in its handler ({HeldBack} more since the last such line)",
        EventName = "HandlerFailed")]
    public static partial void HandlerFailed(this ILogger logger, Exception error, string listener, long heldBack);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "{Listener}: {Threads} workers had not ended when the time to stop was over",
        EventName = "StopTimedOut")]
    public static partial void StopTimedOut(this ILogger logger, string listener, int threads);

    [LoggerMessage(
        7,
        LogLevel.Error,
        "{Listener}: accepting a connection failed, trying again ({HeldBack} more since the last such line)",
        EventName = "AcceptFailed")]
    public static partial void AcceptFailed(this ILogger logger, Exception error, string listener, long heldBack);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "{Listener}: refused a connection from {Client}, {Open} {Scope} are open ({HeldBack} more since the last such line)",
        EventName = "ConnectionRefused")]
    public static partial void ConnectionRefused(
        this ILogger logger,
        string listener,
        TransportAddress client,
        int open,
        string scope,
        long heldBack);

    [LoggerMessage(
        9,
        LogLevel.Error,
        "{Listener}: a connection was lost to a fault ({HeldBack} more since the last such line)",
        EventName = "ConnectionFailed")]
    public static partial void ConnectionFailed(this ILogger logger, Exception error, string listener, long heldBack);

    [LoggerMessage(
        10,
        LogLevel.Warning,
        "{Listener}: {Connections} connections had not ended when the time to stop was over",
        EventName = "ConnectionsLeft")]
    public static partial void ConnectionsLeft(this ILogger logger, string listener, int connections);

    [LoggerMessage(
        11,
        LogLevel.Warning,
        "{Listener}: closed an idle connection of {Client} for a new one, {Open} {Scope} are open ({HeldBack} more since the last such line)",
        EventName = "ConnectionDisplaced")]
    public static partial void ConnectionDisplaced(
        this ILogger logger,
        string listener,
        TransportAddress client,
        int open,
        string scope,
        long heldBack);
}
