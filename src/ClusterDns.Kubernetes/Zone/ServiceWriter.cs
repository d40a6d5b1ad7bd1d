using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes Services, and joins their endpoints to them.</summary>
internal sealed class ServiceWriter(ClusterZone zone, NamespaceWriter namespaces, Rejections rejections, TimeProvider time) : KindWriter
{
    private readonly ServiceCompiler _compiler = new(rejections);
    private readonly AddressIndex<ServiceNode> _addresses = new(zone.Tables.ServicesByAddress);
    private readonly AddressIndex<ServiceNode> _externalAddresses = new(zone.Tables.ServicesByExternalAddress);

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
        node.ResourceVersion = service.ResourceVersion;
        var entry = _compiler.Compile(node, service);
        var old = node.Current;
        if (old is not null && old.ServesSameAs(entry))
        {
            return false;
        }

        node.Publish(entry.WithEndpoints(node.CollectGroups(out var notReadyCount), notReadyCount));
        zone.CountServices(old is null ? 1 : 0);
        zone.CountIPv6(CountIPv6(entry) - (old is null ? 0 : CountIPv6(old)));
        _addresses.Change(node, old is null ? [] : old.ClusterAddresses, entry.ClusterAddresses);
        _externalAddresses.Change(node, old is null ? [] : old.ExternalAddresses, entry.ExternalAddresses);
        if (old is not null && !old.ServesOutsideSameAs(entry))
        {
            // As for CoreDNS, a Service that comes or goes is no change here.
            zone.SetExternalSerial((uint)time.GetUtcNow().ToUnixTimeSeconds());
        }

        return true;
    }

    public override bool Remove(ObjectKey key)
    {
        if (Find(key) is not { Current: { } old } node)
        {
            return false;
        }

        Remove(node, old);
        return true;
    }

    protected override bool Has(ObjectKey key) => Find(key) is { Current: not null };

    protected override bool Sweep()
    {
        var removed = false;
        foreach (var node in zone.Tables.Services.Items())
        {
            if (node.Current is { } old && node.Generation != Generation)
            {
                Remove(node, old);
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
        zone.Tables.Services.Add(node.Hash, node);
        return node;
    }

    /// <summary>Frees the place of a Service that has neither object nor endpoints.</summary>
    public void ReleaseIfEmpty(ServiceNode node)
    {
        if (node.Current is null && !node.HasEndpointObjects)
        {
            zone.Tables.Services.Remove(node.Hash, node);
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

    private void Remove(ServiceNode node, ServiceEntry old)
    {
        node.Publish(null);
        node.ResourceVersion = ResourceVersion.None;
        zone.CountServices(-1);
        zone.CountIPv6(-CountIPv6(old));
        _addresses.Change(node, old.ClusterAddresses, []);
        _externalAddresses.Change(node, old.ExternalAddresses, []);
        ReleaseIfEmpty(node);
    }

    private static int CountIPv6(ServiceEntry entry)
    {
        var count = 0;
        foreach (var address in entry.ClusterAddresses)
        {
            count += address.IsIPv4 ? 0 : 1;
        }

        return count;
    }
}
