namespace ClusterDns.Plugins.K8sExternal;

/// <summary>Why a name outside the cluster does not exist: where the walk along its labels came to an end, in its order.</summary>
internal enum ExternalMiss : byte
{
    /// <summary>It does exist.</summary>
    None,

    /// <summary>It is below the apex label, where only the name server has a name.</summary>
    BelowApex,

    /// <summary>No Service is reached by the address of a PTR query.</summary>
    NoSuchAddress,

    /// <summary>It has too many labels.</summary>
    WrongShape,

    /// <summary>The <c>namespaces</c> of the <c>kubernetes</c> directive leave the namespace out.</summary>
    NamespaceNotServed,

    /// <summary>There is no such Namespace object, or none that <c>namespace_labels</c> lets through.</summary>
    NoSuchNamespace,

    /// <summary>The namespace has no such Service, or none that <c>labels</c> lets through.</summary>
    NoSuchService,

    /// <summary>The Service is there for the cluster alone: nothing outside leads to it.</summary>
    NotReachedFromOutside,

    /// <summary>The Service is there, and no port of it has this name and protocol.</summary>
    NoSuchPort,

    /// <summary>With <c>headless</c>: no endpoint is ready.</summary>
    NoReadyEndpoint,

    /// <summary>With <c>headless</c>: endpoints are ready, and none has this label.</summary>
    NoSuchEndpoint,
}
