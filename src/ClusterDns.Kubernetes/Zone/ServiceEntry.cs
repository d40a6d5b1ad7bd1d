using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// All that can be answered about one Service at one moment, its endpoints included. Immutable: a change publishes
/// another one, and a query that holds this one goes on with it.
/// </summary>
public sealed class ServiceEntry : IComparable<ServiceEntry>
{
    private readonly ServiceNode _node;
    private readonly NetworkAddress[] _clusterAddresses;
    private readonly ServicePort[] _ports;
    private readonly byte[] _externalName;
    private readonly ServiceExternals _externals;
    private readonly PackedEndpoints[] _endpoints = [];

    // In here, so that most queries begin and end at this object: each other one would be a wait for memory.
    private readonly NamespaceEntry _namespace;
    private readonly ShortLabel _shortLabel;
    private readonly uint _onlyIPv4Address;
    private readonly bool _hasOnlyIPv4Address;

    internal ServiceEntry(
        ServiceNode node,
        ServiceKind kind,
        NetworkAddress[] clusterAddresses,
        ServicePort[] ports,
        byte[] externalName,
        ServiceExternals externals)
    {
        _node = node;
        _namespace = node.Namespace;
        _shortLabel = new ShortLabel(node.Label);
        Kind = kind;
        _clusterAddresses = clusterAddresses;
        _ports = ports;
        _externalName = externalName;
        _externals = externals;
        if (clusterAddresses is [{ IsIPv4: true } only])
        {
            _onlyIPv4Address = (uint)only.Bits;
            _hasOnlyIPv4Address = true;
        }
    }

    private ServiceEntry(ServiceEntry service, PackedEndpoints[] endpoints, int notReadyCount)
        : this(service._node, service.Kind, service._clusterAddresses, service._ports, service._externalName, service._externals)
    {
        _endpoints = endpoints;
        ReadyCount = endpoints.Sum(group => group.Count);
        NotReadyCount = notReadyCount;
    }

    public NamespaceEntry Namespace => _namespace;

    public ServiceKind Kind { get; }

    /// <summary>The Service's place in the tables.</summary>
    internal ServiceNode Node => _node;

    /// <summary>Of the newest state of the Service object, as a number; 0 where it has none. It is not this entry's own.</summary>
    public ulong ResourceVersion => _node.ResourceVersion;

    /// <summary>Lower case, without length octet.</summary>
    public ReadOnlySpan<byte> Label => _node.Label;

    /// <summary>Service and namespace as wire labels, to be put in front of <c>svc</c> and the zone; no root octet.</summary>
    public ReadOnlySpan<byte> QualifiedLabels => _node.QualifiedLabels;

    public ReadOnlySpan<NetworkAddress> ClusterAddresses => _clusterAddresses;

    /// <summary>The cluster address in host order, of a Service that has no other and this one in IPv4, as most have.</summary>
    public bool TryGetOnlyIPv4Address(out uint address)
    {
        address = _onlyIPv4Address;
        return _hasOnlyIPv4Address;
    }

    public ReadOnlySpan<ServicePort> Ports => _ports;

    /// <summary>A whole wire name, spelt as written; empty if there is none, it is not a name, or it is an address.</summary>
    public ReadOnlySpan<byte> ExternalName => _externalName;

    public ReadOnlySpan<NetworkAddress> ExternalAddresses => _externals.Addresses;

    public ReadOnlySpan<DnsName> ExternalHostnames => _externals.Hostnames;

    /// <summary>
    /// Ready endpoints of all slices, in order of the slices' names; no group is empty. One address may stand in several.
    /// </summary>
    public ReadOnlySpan<PackedEndpoints> Endpoints => _endpoints;

    /// <summary>Endpoints in <see cref="Endpoints"/>.</summary>
    public int ReadyCount { get; }

    public int NotReadyCount { get; }

    public int CompareTo(ServiceEntry? other) => other is null ? 1 : _node.CompareTo(other._node);

    /// <summary>Whether this is the Service of that name in that namespace.</summary>
    /// <param name="parent">The namespace.</param>
    /// <param name="lowerCaseLabel">Without length octet.</param>
    internal bool Is(NamespaceEntry parent, ReadOnlySpan<byte> lowerCaseLabel) =>
        ReferenceEquals(_namespace, parent)
        && (_shortLabel.IsWhole ? _shortLabel.Label : _node.Label).SequenceEqual(lowerCaseLabel);

    internal ServiceEntry WithEndpoints(PackedEndpoints[] endpoints, int notReadyCount) => new(this, endpoints, notReadyCount);

    /// <summary>Whether a client could not tell the Service objects apart; endpoints are not compared.</summary>
    internal bool ServesSameAs(ServiceEntry other) =>
        Kind == other.Kind
        && ClusterAddresses.SequenceEqual(other.ClusterAddresses)
        && Ports.SequenceEqual(other.Ports)
        && ExternalName.SequenceEqual(other.ExternalName)
        && _externals.SameAs(other._externals);

    /// <summary>The same as far as somebody outside the cluster can tell: addresses, host names and ports.</summary>
    internal bool ServesOutsideSameAs(ServiceEntry other) =>
        _externals.SameAs(other._externals) && Ports.SequenceEqual(other.Ports);

    internal bool HasExternalAddress(NetworkAddress address) => _externals.Addresses.AsSpan().Contains(address);

    internal bool HasClusterAddress(NetworkAddress address) => _clusterAddresses.AsSpan().Contains(address);
}
