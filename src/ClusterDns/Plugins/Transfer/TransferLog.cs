using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Transfer;

internal static partial class TransferLog
{
    [LoggerMessage(
        1, LogLevel.Information, "Outgoing transfer of {Records} records of zone \"{Zone}\" to {Client} for {Serial} SOA serial")]
    public static partial void Sent(ILogger logger, int records, string zone, string client, uint serial);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Outgoing noop, incremental transfer for up to date zone \"{Zone}\" to {Client} for {Serial} SOA serial")]
    public static partial void UpToDate(ILogger logger, string zone, string client, uint serial);

    [LoggerMessage(
        3, LogLevel.Warning, "Transfer of zone \"{Zone}\" to {Client} ended after {Records} records: the client went away or took too long")]
    public static partial void CutOff(ILogger logger, int records, string zone, string client);
}
