namespace ClusterDns.Records.ZoneFiles;

/// <summary>What one zone file may cost, whatever is in it. A file beyond a bound is refused whole.</summary>
public static class ZoneFileLimits
{
    /// <summary>Records of a zone, those of included files and of <c>$GENERATE</c> among them.</summary>
    public const int MaxRecords = 1_000_000;

    /// <summary>Octets that are read, included files among them: files that include each other end here.</summary>
    public const int MaxOctets = 128 * 1024 * 1024;

    /// <summary>Octets of a record, however many lines it goes over; comments are not counted.</summary>
    public const int MaxEntryLength = RecordParser.MaxTextLength;

    /// <summary>Files that include one another, as CoreDNS has it.</summary>
    public const int MaxIncludeDepth = 7;
}
