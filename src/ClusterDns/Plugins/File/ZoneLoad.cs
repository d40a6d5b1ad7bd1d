namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>What reading a zone file came to.</summary>
internal sealed record ZoneLoad
{
    /// <summary>The zone; null where something is wrong, and where nothing has changed.</summary>
    public FileZone? Zone { get; init; }

    /// <summary>Why the file cannot be opened; null where it was.</summary>
    public string? OpenError { get; init; }

    /// <summary>What is wrong with the file's text, with file and line.</summary>
    public string? Error { get; init; }

    /// <summary>Records that belong to another zone and were left out.</summary>
    public int Strays { get; init; }

    /// <summary>Where the first of them is.</summary>
    public string StrayPlace { get; init; } = "";
}
