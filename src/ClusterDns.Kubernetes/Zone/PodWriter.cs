using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes pods.</summary>
internal sealed class PodWriter(ClusterZone zone, NamespaceWriter namespaces, Rejections rejections) : KindWriter
{
    public override bool Put(ObjectKey key, object? record)
    {
        var pod = (PodRecord)record!;
        var old = Find(key);
        if (old is not null && old.Address == pod.Address)
        {
            old.Generation = Generation;
            return false;
        }

        if (!TryAdd(key, pod))
        {
            rejections.Report(ResourceKind.Pod, key, Rejections.NameIsNoLabel);
            return false;
        }

        if (old is not null)
        {
            Remove(old);
        }

        return true;
    }

    public override bool Remove(ObjectKey key)
    {
        var node = Find(key);
        if (node is null)
        {
            return false;
        }

        Remove(node);
        return true;
    }

    protected override bool Sweep()
    {
        var removed = false;
        foreach (var node in zone.Tables.Pods.Items())
        {
            if (node.Generation != Generation)
            {
                Remove(node);
                removed = true;
            }
        }

        return removed;
    }

    private bool TryAdd(ObjectKey key, PodRecord pod)
    {
        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length) || namespaces.Hold(key.Namespace) is not { } parent)
        {
            return false;
        }

        var node = new PodNode(parent, name[..length].ToArray(), pod.Address) { Generation = Generation };
        zone.Tables.Pods.Add(ZoneHash.Of(parent.Hash, node.Name), node);
        zone.Tables.PodsByAddress.Add(ZoneHash.Of(pod.Address), node);
        zone.CountPods(1);
        return true;
    }

    private void Remove(PodNode node)
    {
        zone.Tables.Pods.Remove(ZoneHash.Of(node.Namespace.Hash, node.Name), node);
        zone.Tables.PodsByAddress.Remove(ZoneHash.Of(node.Address), node);
        zone.CountPods(-1);
        namespaces.Release(node.Namespace);
    }

    private PodNode? Find(ObjectKey key)
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
