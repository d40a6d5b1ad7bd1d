namespace ClusterDns.Kubernetes.Watching;

/// <summary>How a request to the API server ended, as far as it decides what comes next.</summary>
internal enum ApiVerdict : byte
{
    /// <summary>As it should: a list is whole, a watch has run its time.</summary>
    Done,

    /// <summary>The version asked for is too old: list again.</summary>
    Expired,

    /// <summary>401: the credentials are not accepted.</summary>
    Unauthenticated,

    /// <summary>403: the role lacks a rule.</summary>
    Forbidden,

    /// <summary>404: the server does not know the resource.</summary>
    Missing,

    /// <summary>400, 405 or 422: the server does not know this way of asking.</summary>
    NotUnderstood,

    /// <summary>What came is not what an API server says: no JSON, half an object.</summary>
    Broken,

    /// <summary>Anything else: no connection, silence, 5xx, 429.</summary>
    Failed,
}
