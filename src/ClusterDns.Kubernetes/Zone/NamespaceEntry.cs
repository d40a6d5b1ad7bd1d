namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// A namespace, for as long as the cluster has it or anything in it: objects may arrive before their namespace and
/// outlive it.
/// </summary>
public sealed class NamespaceEntry : IComparable<NamespaceEntry>
{
    private readonly byte[] _label;
    private bool _exists;
    private ulong _version;

    internal NamespaceEntry(ZoneTables tables, ReadOnlySpan<byte> label)
    {
        Tables = tables;
        _label = label.ToArray();
        Hash = ZoneHash.Of(label);
    }

    /// <summary>Lower case, without length octet.</summary>
    public ReadOnlySpan<byte> Label => _label;

    /// <summary>Whether the Namespace object itself exists.</summary>
    public bool Exists => Volatile.Read(ref _exists);

    /// <summary>Of the Namespace object, as a number; 0 where it has none.</summary>
    public ulong ResourceVersion => Volatile.Read(ref _version);

    internal uint Hash { get; }

    internal ZoneTables Tables { get; }

    /// <summary>Writer only: objects inside, and the Namespace object; the entry goes with the last of them.</summary>
    internal int References { get; set; }

    /// <summary>Writer only: the list that last had the Namespace object.</summary>
    internal int Generation { get; set; }

    /// <summary>The Service with this name, or null.</summary>
    /// <param name="lowerCaseLabel">Without length octet.</param>
    public ServiceEntry? FindService(ReadOnlySpan<byte> lowerCaseLabel)
    {
        var bucket = Tables.ServedServices.Find(ZoneHash.Of(Hash, lowerCaseLabel));
        for (var i = 0; i < bucket.Count; i++)
        {
            var entry = bucket[i];
            if (entry.Is(this, lowerCaseLabel))
            {
                return entry;
            }
        }

        return null;
    }

    public int CompareTo(NamespaceEntry? other) => other is null ? 1 : Label.SequenceCompareTo(other.Label);

    /// <summary>Writer only: the place of the Service, whether or not it is served.</summary>
    internal ServiceNode? FindServiceNode(ReadOnlySpan<byte> lowerCaseLabel)
    {
        var bucket = Tables.Services.Find(ZoneHash.Of(Hash, lowerCaseLabel));
        for (var i = 0; i < bucket.Count; i++)
        {
            var node = bucket[i];
            if (ReferenceEquals(node.Namespace, this) && node.Label.SequenceEqual(lowerCaseLabel))
            {
                return node;
            }
        }

        return null;
    }

    internal void SetExists(bool exists) => Volatile.Write(ref _exists, exists);

    internal void SetResourceVersion(ulong version) => Volatile.Write(ref _version, version);
}
