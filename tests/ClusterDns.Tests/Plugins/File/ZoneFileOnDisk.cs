namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>A zone file in a directory of its own; null means that it is not there.</summary>
internal sealed class ZoneFileOnDisk : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("zone");
    private DateTime _written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public ZoneFileOnDisk(string? text)
    {
        Path = System.IO.Path.Combine(_directory.FullName, "db.example.org");
        Write(text);
    }

    public string Path { get; }

    public string Folder => _directory.FullName;

    /// <summary>A small zone: a SOA with this serial, and lines behind it.</summary>
    public static string Zone(uint serial, params string[] lines) =>
        string.Join('\n', [$"@ 60 SOA ns hostmaster {serial} 2 3 4 5", .. lines]) + "\n";

    /// <summary>A second later than the time before.</summary>
    public void Write(string? text)
    {
        File.Delete(Path);
        if (text is not null)
        {
            File.WriteAllText(Path, text);
            File.SetLastWriteTimeUtc(Path, _written += TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
