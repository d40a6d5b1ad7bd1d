namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The place of one Service in the tables: stays while its entries come and go, and while endpoints wait for a Service
/// that has not arrived.
/// </summary>
internal sealed partial class ServiceNode : IComparable<ServiceNode>
{
    private readonly byte[] _qualifiedLabels;
    private ServiceEntry? _current;
    private ulong _version;

    public ServiceNode(NamespaceEntry parent, ReadOnlySpan<byte> label)
    {
        Namespace = parent;
        Hash = ZoneHash.Of(parent.Hash, label);
        _qualifiedLabels = [(byte)label.Length, .. label, (byte)parent.Label.Length, .. parent.Label];
    }

    public NamespaceEntry Namespace { get; }

    /// <summary>Lower case, without length octet.</summary>
    public ReadOnlySpan<byte> Label => _qualifiedLabels.AsSpan(1, _qualifiedLabels[0]);

    public ReadOnlySpan<byte> QualifiedLabels => _qualifiedLabels;

    /// <summary>Of namespace and name, as the tables are keyed.</summary>
    public uint Hash { get; }

    /// <summary>What is served; null while there is no Service object.</summary>
    public ServiceEntry? Current => Volatile.Read(ref _current);

    /// <summary>
    /// Of the Service object, see <see cref="Objects.ResourceVersion"/>. Here and not in the entry: it moves with many an event
    /// that changes nothing of what is served. May be a moment ahead of <see cref="Current"/>.
    /// </summary>
    public ulong ResourceVersion
    {
        get => Volatile.Read(ref _version);
        set => Volatile.Write(ref _version, value);
    }

    /// <summary>Writer only: the list that last had the Service object.</summary>
    public int Generation { get; set; }

    /// <summary>Writer only: what is served from now on, by name and by address.</summary>
    public void Publish(ServiceEntry? entry)
    {
        Namespace.Tables.ServedServices.Replace(Hash, _current, entry);
        Volatile.Write(ref _current, entry);
    }

    public int CompareTo(ServiceNode? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byNamespace = Namespace.CompareTo(other.Namespace);
        return byNamespace != 0 ? byNamespace : Label.SequenceCompareTo(other.Label);
    }
}
