using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>One running pod and its primary address. Immutable but for the writer's mark.</summary>
public sealed class PodEntry : IComparable<PodEntry>
{
    private readonly byte[] _name;
    private readonly ulong _low;
    private readonly ulong _high;
    private readonly bool _isIPv4;

    internal PodEntry(NamespaceEntry parent, ReadOnlySpan<byte> name, NetworkAddress address)
    {
        Namespace = parent;
        _name = name.ToArray();
        // Halves: a UInt128 field would be aligned to 16 octets, and there may be 150,000 of these.
        _low = (ulong)address.Bits;
        _high = (ulong)(address.Bits >> 64);
        _isIPv4 = address.IsIPv4;
    }

    public NamespaceEntry Namespace { get; }

    /// <summary>The object's name, which may be longer than a label and hold dots.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>The first of its addresses: the only one that <c>pods verified</c> knows.</summary>
    public NetworkAddress Address => new(new UInt128(_high, _low), _isIPv4);

    /// <summary>Writer only: the list that last had this pod.</summary>
    internal int Generation { get; set; }

    public int CompareTo(PodEntry? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byNamespace = Namespace.CompareTo(other.Namespace);
        return byNamespace != 0 ? byNamespace : Name.SequenceCompareTo(other.Name);
    }
}
