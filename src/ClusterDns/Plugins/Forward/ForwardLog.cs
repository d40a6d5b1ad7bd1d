using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Forward;

internal static partial class ForwardLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Fault}; the upstreams known so far stay")]
    public static partial void TargetNotRead(ILogger logger, string fault);

    [LoggerMessage(2, LogLevel.Warning, "{Fault}")]
    public static partial void TargetPassedOver(ILogger logger, string fault);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Unsupported CIDR notation: '{Written}' expands to multiple zones. Using only '{Zone}'.")]
    public static partial void OnlyFirstZone(ILogger logger, string written, string zone);

    [LoggerMessage(4, LogLevel.Information, "Upstreams are now {Addresses}")]
    public static partial void UpstreamsChanged(ILogger logger, string addresses);
}
