using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Snapshots;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Tests.Kubernetes.Zone;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

/// <summary>A folder for one snapshot, with clock, log and counts.</summary>
internal sealed class SnapshotFolder : IDisposable
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snapshot-");

    public ManualTime Time { get; } = new();

    public RecordingLogger Logger { get; } = new();

    public CountingObserver Told { get; } = new();

    public SnapshotLimits Limits { get; init; } = new();

    public ClusterSourceOptions Source { get; set; } = new();

    /// <summary>What stands between the store and its file.</summary>
    public Func<Stream, Stream> Through { get; set; } = file => file;

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "names");

    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(Folder).Select(System.IO.Path.GetFileName)!;

    public SnapshotStore Store(string? path = null) => new(
        new SnapshotOptions(path ?? Path, MaxAge, TimeSpan.Zero),
        SourceFingerprint.Of(Source),
        Limits,
        Time,
        Logger,
        Told)
    {
        Through = Through,
    };

    public bool Write(ClusterZone zone) => Store().TryWrite(new ZoneCapture(zone));

    /// <summary>A snapshot of a small cluster with something of everything.</summary>
    public byte[] WriteSmallCluster()
    {
        if (!Write(SmallCluster.Zone().Zone))
        {
            throw new IOException(string.Join('\n', Logger.Lines));
        }

        return File.ReadAllBytes(Path);
    }

    /// <summary>A zone with what the file holds; null when it was refused.</summary>
    public ZoneUnderTest? Read(string? path = null, params ResourceKind[] awaited)
    {
        var zone = new ZoneUnderTest(awaited.Length > 0 ? awaited : Enum.GetValues<ResourceKind>());
        var isRead = Store(path).TryRead(reader => reader.ReadAll(change =>
        {
            zone.Writer.Restore(change);
            return true;
        }));
        return isRead ? zone : null;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
