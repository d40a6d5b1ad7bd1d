using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes namespaces, and keeps those that other objects are in.</summary>
internal sealed class NamespaceWriter(ClusterZone zone, Rejections rejections) : KindWriter
{
    /// <returns>False always: a namespace alone has no records.</returns>
    public override bool Put(ObjectKey key, object? record)
    {
        var entry = Hold(key.Name);
        if (entry is null)
        {
            rejections.Report(ResourceKind.Namespace, key, Rejections.NameCannotBeUsed);
            return false;
        }

        entry.Generation = Generation;
        entry.SetResourceVersion(((NamespaceRecord)record!).ResourceVersion);
        if (entry.Exists)
        {
            Release(entry);
            return false;
        }

        entry.SetExists(true);
        zone.CountNamespaces(1);
        return false;
    }

    public override bool Remove(ObjectKey key)
    {
        if (Find(key.Name) is { Exists: true } entry)
        {
            Remove(entry);
        }

        return false;
    }

    protected override bool Has(ObjectKey key) => Find(key.Name) is { Exists: true };

    protected override bool Sweep()
    {
        foreach (var entry in zone.Tables.Namespaces.Items())
        {
            if (entry.Exists && entry.Generation != Generation)
            {
                Remove(entry);
            }
        }

        return false;
    }

    public NamespaceEntry? Find(string name)
    {
        Span<byte> label = stackalloc byte[WireName.MaxLabelLength];
        return DnsLabel.TryEncode(name, label, out var length) ? zone.FindNamespaceEntry(label[..length]) : null;
    }

    /// <summary>The namespace, made if need be, with one reference more; null if the name is no label.</summary>
    public NamespaceEntry? Hold(string name)
    {
        Span<byte> label = stackalloc byte[WireName.MaxLabelLength];
        if (!DnsLabel.TryEncode(name, label, out var length))
        {
            return null;
        }

        var entry = zone.FindNamespaceEntry(label[..length]);
        if (entry is null)
        {
            entry = new NamespaceEntry(zone.Tables, label[..length]);
            zone.Tables.Namespaces.Add(entry.Hash, entry);
        }

        entry.References++;
        return entry;
    }

    /// <summary>Gives back what <see cref="Hold"/> gave.</summary>
    public void Release(NamespaceEntry entry)
    {
        if (--entry.References == 0)
        {
            zone.Tables.Namespaces.Remove(entry.Hash, entry);
        }
    }

    private void Remove(NamespaceEntry entry)
    {
        entry.SetExists(false);
        entry.SetResourceVersion(ResourceVersion.None);
        zone.CountNamespaces(-1);
        Release(entry);
    }
}
