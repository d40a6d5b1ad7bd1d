namespace ClusterDns.Kubernetes.Watching;

/// <summary>Why the talk about a kind was interrupted.</summary>
public enum InterruptionReason : byte
{
    /// <summary>It was not: a watch has run its time, or was closed between two events.</summary>
    Ended,

    /// <summary>The version to go on from is too old, or newer than the API server's own.</summary>
    Expired,

    /// <summary>Nothing came for too long: no answer, or neither event nor bookmark.</summary>
    Silent,

    /// <summary>The API server asked us to stay away for a while: a Retry-After.</summary>
    Throttled,

    /// <summary>401.</summary>
    Unauthenticated,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404.</summary>
    Missing,

    /// <summary>400, 405 or 422: streamed lists are not known.</summary>
    NotUnderstood,

    /// <summary>What came breaks off or is no JSON.</summary>
    Broken,

    /// <summary>Anything else: no connection, a reset, 5xx.</summary>
    Failed,
}
