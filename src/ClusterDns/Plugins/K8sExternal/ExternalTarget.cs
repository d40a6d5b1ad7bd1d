namespace ClusterDns.Plugins.K8sExternal;

/// <summary>What a name outside the cluster stands for.</summary>
internal enum ExternalTarget
{
    /// <summary>Nothing: the name does not exist.</summary>
    NameError,

    /// <summary>A namespace, which holds nothing itself.</summary>
    Empty,

    /// <summary>A Service, answered by the addresses and host names that it is reached by from outside.</summary>
    Outside,

    /// <summary>A Service, answered by its endpoints, or one of those.</summary>
    Endpoints,
}
