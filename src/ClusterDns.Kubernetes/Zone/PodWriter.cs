using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes pods.</summary>
internal sealed class PodWriter(ClusterZone zone, NamespaceWriter namespaces, Rejections rejections) : KindWriter
{
    public override bool Put(ObjectKey key, object? record)
    {
        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length) || namespaces.Hold(key.Namespace) is not { } parent)
        {
            rejections.Report(ResourceKind.Pod, key, Rejections.NameCannotBeUsed);
            return false;
        }

        Span<byte> written = stackalloc byte[PodLayout.MaxLength];
        written = written[..PodLayout.Write(written, PodTable.MarkOf(Generation), name[..length], (PodRecord)record!)];
        return Put(parent, written);
    }

    public override bool Remove(ObjectKey key)
    {
        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length)
            || namespaces.Find(key.Namespace) is not { } parent
            || Table.Locate(parent, name[..length]) is not (not 0 and var position))
        {
            return false;
        }

        Remove(position);
        return true;
    }

    protected override bool Sweep()
    {
        var missing = Table.NotIn(Generation);
        foreach (var (parent, name) in missing)
        {
            Remove(Table.Locate(parent, name));
        }

        return missing.Count > 0;
    }

    // The new record goes in before the old one goes out: a pod that stays is never absent.
    private bool Put(NamespaceEntry parent, ReadOnlySpan<byte> written)
    {
        var old = Table.Locate(parent, PodLayout.Name(written));
        if (old == 0)
        {
            Table.Add(parent, written);
            zone.CountPods(1);
            zone.CountIPv6(CountIPv6(written));
            return true;
        }

        namespaces.Release(parent);
        if (PodLayout.AreEqual(Table.RecordAt(old), written))
        {
            Table.Mark(old, Generation);
            return false;
        }

        var isMoved = PodLayout.Address(Table.RecordAt(old)) != PodLayout.Address(written);
        zone.CountIPv6(CountIPv6(written) - CountIPv6(Table.RecordAt(old)));
        Table.Replace(old, parent, written);
        return isMoved;
    }

    private void Remove(uint position)
    {
        zone.CountIPv6(-CountIPv6(Table.RecordAt(position)));
        namespaces.Release(Table.Remove(position));
        zone.CountPods(-1);
    }

    private static int CountIPv6(ReadOnlySpan<byte> record) => PodLayout.HasIPv6(record) ? 1 : 0;

    private PodTable Table => zone.Tables.Pods;
}
