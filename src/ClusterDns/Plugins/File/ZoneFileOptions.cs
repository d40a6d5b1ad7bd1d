using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>What one <c>file</c> line says.</summary>
internal sealed record ZoneFileOptions
{
    public static readonly TimeSpan DefaultReload = TimeSpan.FromMinutes(1);

    /// <summary>More often than this a file is not looked at.</summary>
    public static readonly TimeSpan ShortestReload = TimeSpan.FromMilliseconds(100);

    public required string Path { get; init; }

    /// <summary>The zones that are served from the file, each with itself as the file's first origin.</summary>
    public required IReadOnlyList<DnsName> Zones { get; init; }

    /// <summary>How often the file is looked at; zero for only once.</summary>
    public TimeSpan Reload { get; init; } = DefaultReload;

    /// <summary>The file's time says whether it has changed, and not the SOA's serial.</summary>
    public bool ReloadsByTime { get; init; }

    /// <summary>Where a name that is not there is left to the next plugin; null if the line does not say.</summary>
    public IReadOnlyList<DnsName>? Fallthrough { get; init; }
}
