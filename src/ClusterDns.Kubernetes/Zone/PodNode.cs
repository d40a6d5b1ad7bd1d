using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>One running pod with the one address that <c>pods verified</c> knows it by. Immutable but for its mark.</summary>
internal sealed class PodNode(NamespaceEntry parent, byte[] name, NetworkAddress address) : IComparable<PodNode>
{
    // Halves: a UInt128 field would be aligned to 16 octets, and there may be 150,000 of these.
    private readonly ulong _low = (ulong)address.Bits;
    private readonly ulong _high = (ulong)(address.Bits >> 64);
    private readonly bool _isIPv4 = address.IsIPv4;

    public NamespaceEntry Namespace { get; } = parent;

    public ReadOnlySpan<byte> Name => name;

    public NetworkAddress Address => new(new UInt128(_high, _low), _isIPv4);

    /// <summary>Writer only: the list that last had this pod.</summary>
    public int Generation { get; set; }

    public int CompareTo(PodNode? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byNamespace = Namespace.CompareTo(other.Namespace);
        return byNamespace != 0 ? byNamespace : Name.SequenceCompareTo(other.Name);
    }
}
