using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Loop;

internal static partial class LoopLog
{
    [LoggerMessage(
        1,
        LogLevel.Error,
        "Loop ({Client} -> {Listener}) detected for zone \"{Zone}\", see https://coredns.io/plugins/loop#troubleshooting. "
        + "Query: \"HINFO {Name}\". {Blame}; it is not asked any more")]
    public static partial void Detected(
        ILogger logger, string client, string listener, DnsName zone, string name, string blame);

    [LoggerMessage(2, LogLevel.Information, "{NamedAt} no longer leads back here; {Address} is asked again")]
    public static partial void Ended(ILogger logger, string namedAt, string address);
}
