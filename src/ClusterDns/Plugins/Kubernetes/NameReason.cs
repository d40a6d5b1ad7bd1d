namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Why a name of a cluster zone does not exist: where the walk along its labels came to an end, in its order.</summary>
internal enum NameReason : byte
{
    /// <summary>It does exist.</summary>
    None,

    /// <summary>It has too many labels, or none that says <c>svc</c> or <c>pod</c> where one has to.</summary>
    WrongShape,

    /// <summary>It is in a reverse zone, where nothing but the PTR of an address is answered.</summary>
    NotAnAddress,

    /// <summary>The <c>namespaces</c> of the directive leave the namespace out.</summary>
    NamespaceNotServed,

    /// <summary>There is no such Namespace object, or none that <c>namespace_labels</c> lets through.</summary>
    NoSuchNamespace,

    /// <summary>The directive has no <c>pods</c>, or <c>pods disabled</c>.</summary>
    PodsDisabled,

    /// <summary>The pod's label does not spell an address.</summary>
    NotAPodAddress,

    /// <summary>With <c>pods verified</c>: no pod of the namespace has the address.</summary>
    NoSuchPod,

    /// <summary>The namespace has no such Service, or none that <c>labels</c> lets through.</summary>
    NoSuchService,

    /// <summary>An ExternalName Service whose target is no name, or is an address.</summary>
    AliasWithoutTarget,

    /// <summary>An ExternalName Service has neither ports nor endpoints below it.</summary>
    BelowAlias,

    /// <summary>With <c>ignore empty_service</c>: the Service has a cluster address and no ready endpoint.</summary>
    EmptyServiceIgnored,

    /// <summary>A headless Service, or an endpoint of any, and no endpoint is ready.</summary>
    NoReadyEndpoint,

    /// <summary>Endpoints are ready, and none has this label.</summary>
    NoSuchEndpoint,

    /// <summary>The Service is there, and no port of it has this name and protocol.</summary>
    NoSuchPort,
}
