namespace ClusterDns.Kubernetes.Objects;

/// <summary>What a source tells the zone about one object or one kind.</summary>
public enum ClusterAction : byte
{
    /// <summary>The object exists and reads like this now.</summary>
    Put,

    /// <summary>The object is gone; nothing happens if it was not known.</summary>
    Remove,

    /// <summary>A list begins: every object of the kind not put before <see cref="RelistFinished"/> is gone.</summary>
    RelistStarted,

    /// <summary>The list is whole: unmarked objects are swept, and the kind counts as synced from now on.</summary>
    RelistFinished,
}
