using ClusterDns.Kubernetes.Snapshots;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

internal sealed class CountingObserver : SnapshotObserver
{
    private int _written;

    public int WrittenCount => Volatile.Read(ref _written);

    public int WriteFailures { get; private set; }

    public int ReadFailures { get; private set; }

    public DateTimeOffset? InUse { get; private set; }

    public override void Restored(string path, DateTimeOffset takenAt) => InUse = takenAt;

    public override void Retired(string path) => InUse = null;

    public override void Written(string path, DateTimeOffset at) => Interlocked.Increment(ref _written);

    public override void WriteFailed(string path) => WriteFailures++;

    public override void ReadFailed(string path) => ReadFailures++;
}
