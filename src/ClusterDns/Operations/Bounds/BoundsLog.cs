using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations.Bounds;

internal static partial class BoundsLog
{
    [LoggerMessage(1, LogLevel.Debug, "Bounds: {Bounds}")]
    public static partial void Chosen(ILogger logger, ServerBounds bounds);
}
