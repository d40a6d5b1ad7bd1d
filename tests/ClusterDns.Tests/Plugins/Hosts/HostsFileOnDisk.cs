namespace ClusterDns.Tests.Plugins.Hosts;

/// <summary>A hosts file in a directory of its own; null means that it is not there.</summary>
internal sealed class HostsFileOnDisk : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("hosts");
    private DateTime _written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public HostsFileOnDisk(string? text)
    {
        Path = System.IO.Path.Combine(_directory.FullName, "hosts");
        Write(text);
    }

    public string Path { get; }

    public string Folder => _directory.FullName;

    /// <summary>A second later than the time before.</summary>
    public void Write(string? text) => Write(text is null ? null : System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(byte[]? octets)
    {
        File.Delete(Path);
        if (octets is not null)
        {
            File.WriteAllBytes(Path, octets);
            File.SetLastWriteTimeUtc(Path, _written += TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
