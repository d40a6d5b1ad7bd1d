using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes pods.</summary>
internal sealed class PodWriter(ClusterZone zone, NamespaceWriter namespaces, Rejections rejections) : KindWriter
{
    public override bool Put(ObjectKey key, object? record)
    {
        var address = ((PodRecord)record!).Address;
        var old = Find(key);
        if (old is not null && old.Address == address)
        {
            old.Generation = Generation;
            return false;
        }

        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length) || namespaces.Hold(key.Namespace) is not { } parent)
        {
            rejections.Report(ResourceKind.Pod, key, Rejections.NameCannotBeUsed);
            return false;
        }

        Add(new PodEntry(parent, name[..length], address));
        if (old is not null)
        {
            Remove(old);
        }

        return true;
    }

    public override bool Remove(ObjectKey key)
    {
        if (Find(key) is not { } entry)
        {
            return false;
        }

        Remove(entry);
        return true;
    }

    protected override bool Sweep()
    {
        var removed = false;
        foreach (var entry in zone.Tables.Pods.Items())
        {
            if (entry.Generation != Generation)
            {
                Remove(entry);
                removed = true;
            }
        }

        return removed;
    }

    private void Add(PodEntry entry)
    {
        entry.Generation = Generation;
        zone.Tables.Pods.Add(ZoneHash.Of(entry.Namespace.Hash, entry.Name), entry);
        zone.Tables.PodsByAddress.Add(ZoneHash.Of(entry.Address), entry);
        zone.CountPods(1);
    }

    private void Remove(PodEntry entry)
    {
        zone.Tables.Pods.Remove(ZoneHash.Of(entry.Namespace.Hash, entry.Name), entry);
        zone.Tables.PodsByAddress.Remove(ZoneHash.Of(entry.Address), entry);
        zone.CountPods(-1);
        namespaces.Release(entry.Namespace);
    }

    private PodEntry? Find(ObjectKey key)
    {
        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length) || namespaces.Find(key.Namespace) is not { } parent)
        {
            return null;
        }

        var bucket = zone.Tables.Pods.Find(ZoneHash.Of(parent.Hash, name[..length]));
        for (var i = 0; i < bucket.Count; i++)
        {
            if (ReferenceEquals(bucket[i].Namespace, parent) && bucket[i].Name.SequenceEqual(name[..length]))
            {
                return bucket[i];
            }
        }

        return null;
    }
}
