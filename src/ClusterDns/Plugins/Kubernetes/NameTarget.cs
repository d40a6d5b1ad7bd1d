using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>What was found at a name.</summary>
internal readonly ref struct NameTarget
{
    private NameTarget(NameReason reason, ServiceEntry? service)
    {
        Reason = reason;
        ServiceOrNull = service;
    }

    private NameTarget(TargetKind kind, ServiceEntry? service, scoped in ClusterName name, NetworkAddress podAddress)
    {
        Kind = kind;
        ServiceOrNull = service;
        Name = name;
        PodAddress = podAddress;
    }

    public static NameTarget Empty => new(TargetKind.Empty, null, default, default);

    public static NameTarget NameServer => new(TargetKind.NameServer, null, default, default);

    public TargetKind Kind { get; }

    /// <summary>Why it does not exist; of <see cref="TargetKind.NameError"/> only.</summary>
    public NameReason Reason { get; }

    public bool Exists => Kind != TargetKind.NameError;

    /// <summary>The name's parts; of a Service or pod only.</summary>
    public ClusterName Name { get; }

    /// <summary>Only of <see cref="TargetKind.ClusterAddresses"/>, <see cref="TargetKind.Endpoints"/> and <see cref="TargetKind.Alias"/>.</summary>
    public ServiceEntry Service => ServiceOrNull!;

    public NetworkAddress PodAddress { get; }

    /// <summary>The Service that the walk came to, even where the name does not exist.</summary>
    public ServiceEntry? ServiceOrNull { get; }

    /// <summary>Nothing: the name does not exist.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="service">The Service that the walk came to.</param>
    public static NameTarget Missing(NameReason reason, ServiceEntry? service = null) => new(reason, service);

    public static NameTarget Pod(scoped in ClusterName name, NetworkAddress address) => new(TargetKind.Pod, null, name, address);

    public static NameTarget OfService(TargetKind kind, ServiceEntry service, scoped in ClusterName name) => new(kind, service, name, default);
}
