using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.ZoneFiles;

internal static partial class FileLog
{
    /// <summary>What every line says of a file that is not there; it may be where the server runs.</summary>
    public const string NoSuchFile = "no such file or directory";

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Failed to open \"{Reason}\": trying again in {Interval}")]
    public static partial void NotOpenedYet(ILogger logger, string reason, string interval);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Failed to open zone \"{Zone}\" in \"{Path}\": {Reason}")]
    public static partial void NotOpened(ILogger logger, string zone, string path, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "Parsing zone \"{Zone}\": {Reason}")]
    public static partial void NotRead(ILogger logger, string zone, string reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Successfully reloaded zone \"{Zone}\" in \"{Path}\" with {Serial} SOA serial")]
    public static partial void Reloaded(ILogger logger, string zone, string path, uint serial);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "{Count} records are outside of zone \"{Zone}\" and left out, the first is at {Place}")]
    public static partial void Strays(ILogger logger, int count, string zone, string place);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void NotAZone(ILogger logger, string warning);
}
