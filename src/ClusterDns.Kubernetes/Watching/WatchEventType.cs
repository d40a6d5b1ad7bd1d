namespace ClusterDns.Kubernetes.Watching;

/// <summary>What a watch says in one line.</summary>
internal enum WatchEventType : byte
{
    /// <summary>A word that no API server of today uses.</summary>
    Unknown,

    /// <summary>ADDED or MODIFIED: the object reads like this now.</summary>
    Put,

    /// <summary>DELETED: the object is gone, or does not match the selectors any more.</summary>
    Deleted,

    /// <summary>BOOKMARK: everything up to this version has been told.</summary>
    Bookmark,

    /// <summary>ERROR: a Status, and the end of the watch.</summary>
    Error,
}
