using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Local;

internal static partial class LocalLog
{
    [LoggerMessage(1, LogLevel.Debug, "Intercepting localhost query for \"{Name}\" {Type}, from {Client}")]
    public static partial void Intercepted(ILogger logger, string name, RecordType type, TransportAddress client);
}
