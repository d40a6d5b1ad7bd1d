using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Hosts;

internal static partial class HostsLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "File does not exist: {Path}")]
    public static partial void NoFile(ILogger logger, string path);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Hosts file \"{Path}\" is a directory")]
    public static partial void IsADirectory(ILogger logger, string path);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Hosts file {Path} cannot be read, what it said before stays: {Reason}")]
    public static partial void NotRead(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "{Count} lines of {Path} are wrong and passed over, the first is {Mistake}")]
    public static partial void LinesIgnored(ILogger logger, int count, string path, string mistake);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "Hosts file {Path} is read in part: at most {Entries} entries and {Octets} octets")]
    public static partial void FileCut(ILogger logger, string path, int entries, int octets);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "Line '{Line}' is passed over: {Mistake}")]
    public static partial void InlineIgnored(ILogger logger, string line, string mistake);

    [LoggerMessage(EventId = 7, Level = LogLevel.Debug, Message = "Parsed hosts file {Path} into {Count} entries")]
    public static partial void Loaded(ILogger logger, string path, int count);

    [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void NotAZone(ILogger logger, string warning);
}
