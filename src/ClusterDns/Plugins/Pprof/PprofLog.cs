using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Pprof;

internal static partial class PprofLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "profiles of the Go runtime do not exist here and no address is opened; 'prometheus' with 'runtime_metrics' shows memory and threads")]
    public static partial void DoesNothing(ILogger logger);
}
