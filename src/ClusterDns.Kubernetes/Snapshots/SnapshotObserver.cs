namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>Is told what becomes of snapshots; does nothing by itself. Called by several clusters at once.</summary>
public abstract class SnapshotObserver
{
    /// <summary>An observer that looks away.</summary>
    public static SnapshotObserver None { get; } = new Blind();

    /// <summary>Names are served from a snapshot of that time.</summary>
    public virtual void Restored(string path, DateTimeOffset takenAt)
    {
    }

    /// <summary>They are not, or not any more: the API server has told of the cluster, or the server stops.</summary>
    public virtual void Retired(string path)
    {
    }

    /// <summary>A snapshot is on disk.</summary>
    public virtual void Written(string path, DateTimeOffset at)
    {
    }

    /// <summary>A snapshot could not be written.</summary>
    public virtual void WriteFailed(string path)
    {
    }

    /// <summary>There is a snapshot, and it was refused.</summary>
    public virtual void ReadFailed(string path)
    {
    }

    private sealed class Blind : SnapshotObserver;
}
