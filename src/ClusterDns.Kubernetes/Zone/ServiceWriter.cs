using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes Services, and joins their endpoints to them.</summary>
internal sealed class ServiceWriter(ClusterZone zone, NamespaceWriter namespaces, Rejections rejections) : KindWriter
{
    private readonly ServiceCompiler _compiler = new(rejections);

    /// <summary>Port lists of the zone, each kept once.</summary>
    public PortSets PortSets => _compiler.PortSets;

    public override bool Put(ObjectKey key, object? record)
    {
        var service = (ServiceRecord)record!;
        var node = Hold(key.Namespace, key.Name);
        if (node is null)
        {
            rejections.Report(ResourceKind.Service, key, Rejections.NameCannotBeUsed);
            return false;
        }

        node.Generation = Generation;
        var entry = _compiler.Compile(node, service);
        var old = node.Current;
        if (old is not null && old.ServesSameAs(entry))
        {
            return false;
        }

        node.Publish(entry.WithEndpoints(node.CollectGroups(out var notReadyCount), notReadyCount));
        zone.CountServices(old is null ? 1 : 0);
        IndexAddresses(node, old, entry);
        return true;
    }

    public override bool Remove(ObjectKey key)
    {
        var node = Find(key);
        if (node?.Current is null)
        {
            return false;
        }

        Remove(node);
        return true;
    }

    protected override bool Sweep()
    {
        var removed = false;
        foreach (var node in zone.Tables.Services.Items())
        {
            if (node.Current is not null && node.Generation != Generation)
            {
                Remove(node);
                removed = true;
            }
        }

        return removed;
    }

    /// <summary>The Service's place, made if need be; null if a name is no label. <see cref="ReleaseIfEmpty"/> undoes it.</summary>
    public ServiceNode? Hold(string parentName, string name)
    {
        Span<byte> label = stackalloc byte[WireName.MaxLabelLength];
        if (!DnsLabel.TryEncode(name, label, out var length) || namespaces.Hold(parentName) is not { } parent)
        {
            return null;
        }

        if (parent.FindServiceNode(label[..length]) is { } known)
        {
            namespaces.Release(parent);
            return known;
        }

        var node = new ServiceNode(parent, label[..length]);
        zone.Tables.Services.Add(ZoneHash.Of(parent.Hash, node.Label), node);
        return node;
    }

    /// <summary>Frees the place of a Service that has neither object nor endpoints.</summary>
    public void ReleaseIfEmpty(ServiceNode node)
    {
        if (node.Current is null && !node.HasEndpointObjects)
        {
            zone.Tables.Services.Remove(ZoneHash.Of(node.Namespace.Hash, node.Label), node);
            namespaces.Release(node.Namespace);
        }
    }

    /// <summary>Publishes the Service anew with the endpoints that its node has now.</summary>
    public static void PublishEndpoints(ServiceNode node)
    {
        if (node.Current is { } entry)
        {
            node.Publish(entry.WithEndpoints(node.CollectGroups(out var notReadyCount), notReadyCount));
        }
    }

    public ServiceNode? Find(ObjectKey key)
    {
        Span<byte> label = stackalloc byte[WireName.MaxLabelLength];
        return DnsLabel.TryEncode(key.Name, label, out var length)
            ? namespaces.Find(key.Namespace)?.FindServiceNode(label[..length])
            : null;
    }

    private void Remove(ServiceNode node)
    {
        var old = node.Current;
        node.Publish(null);
        zone.CountServices(-1);
        IndexAddresses(node, old, null);
        ReleaseIfEmpty(node);
    }

    private void IndexAddresses(ServiceNode node, ServiceEntry? old, ServiceEntry? entry)
    {
        // Addresses of a Service are distinct, see ServiceCompiler; so are hashes that the index is asked to change.
        foreach (var address in old is null ? [] : old.ClusterAddresses)
        {
            if (entry is null || !entry.HasClusterAddress(address))
            {
                zone.Tables.ServicesByAddress.Remove(ZoneHash.Of(address), node);
            }
        }

        foreach (var address in entry is null ? [] : entry.ClusterAddresses)
        {
            if (old is null || !old.HasClusterAddress(address))
            {
                zone.Tables.ServicesByAddress.Add(ZoneHash.Of(address), node);
            }
        }
    }
}
