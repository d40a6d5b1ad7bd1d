using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>One running pod, as it lies in the table; good for as long as a caller holds it.</summary>
public readonly ref struct PodView
{
    private readonly ReadOnlySpan<byte> _record;

    internal PodView(NamespaceEntry parent, ReadOnlySpan<byte> record)
    {
        Namespace = parent;
        _record = record;
    }

    public NamespaceEntry Namespace { get; }

    /// <summary>The object's name, which may be longer than a label and hold dots.</summary>
    public ReadOnlySpan<byte> Name => PodLayout.Name(_record);

    /// <summary>The first of its addresses: the only one that <c>pods verified</c> knows.</summary>
    public NetworkAddress Address => PodLayout.Address(_record);

    /// <summary>The second address of a dual-stack pod.</summary>
    public NetworkAddress? OtherAddress => PodLayout.OtherAddress(_record);

    /// <summary>It has its node's address, which others may have as well.</summary>
    public bool IsHostNetwork => PodLayout.IsHostNetwork(_record);
}
