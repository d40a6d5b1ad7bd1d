using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>What was found at a name.</summary>
internal readonly ref struct NameTarget
{
    private NameTarget(TargetKind kind, ServiceEntry? service, scoped in ClusterName name, NetworkAddress podAddress)
    {
        Kind = kind;
        ServiceOrNull = service;
        Name = name;
        PodAddress = podAddress;
    }

    public static NameTarget NameError => default;

    public static NameTarget Empty => new(TargetKind.Empty, null, default, default);

    public static NameTarget NameServer => new(TargetKind.NameServer, null, default, default);

    public TargetKind Kind { get; }

    public bool Exists => Kind != TargetKind.NameError;

    /// <summary>The name's parts; of a Service or pod only.</summary>
    public ClusterName Name { get; }

    /// <summary>Only of <see cref="TargetKind.ClusterAddresses"/>, <see cref="TargetKind.Endpoints"/> and <see cref="TargetKind.Alias"/>.</summary>
    public ServiceEntry Service => ServiceOrNull!;

    public NetworkAddress PodAddress { get; }

    private ServiceEntry? ServiceOrNull { get; }

    public static NameTarget Pod(scoped in ClusterName name, NetworkAddress address) => new(TargetKind.Pod, null, name, address);

    public static NameTarget OfService(TargetKind kind, ServiceEntry service, scoped in ClusterName name) => new(kind, service, name, default);
}
