namespace ClusterDns.Compare;

/// <summary>Who knows the answers of a mix.</summary>
internal enum MixSource
{
    /// <summary>The server, from the cluster's objects.</summary>
    Cluster,

    /// <summary>The server's cache, once it has asked its upstream.</summary>
    Cached,

    /// <summary>The upstream, each time.</summary>
    Uncached,
}
