using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes EndpointSlices, or Endpoints: a source may have both.</summary>
internal sealed class EndpointsWriter(
    ResourceKind kind,
    ClusterZone zone,
    NamespaceWriter namespaces,
    ServiceWriter services,
    Rejections rejections) : KindWriter
{
    private readonly EndpointAddressIndex _addresses = new(zone.Tables.EndpointsByAddress);

    public override bool Put(ObjectKey key, object? record)
    {
        var endpoints = (EndpointsRecord)record!;
        var serviceName = ReadServiceName(key, endpoints);
        var groups = ReadGroups(key, endpoints);
        var notReady = endpoints.Groups.Sum(group => group.NotReadyCount);
        var node = Find(key);
        if (node is not null && node.BelongsTo(serviceName))
        {
            node.Generation = Generation;
            return Update(node, groups, notReady);
        }

        // What an object belongs to is fixed in its node, so that a reader never sees it half moved.
        if (node is not null)
        {
            Remove(node);
        }

        return Add(key, serviceName, groups, notReady) || node is not null;
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
        foreach (var node in zone.Tables.Endpoints.Items())
        {
            if (node.Kind == kind && node.Generation != Generation)
            {
                Remove(node);
                removed = true;
            }
        }

        return removed;
    }

    private string ReadServiceName(ObjectKey key, EndpointsRecord record)
    {
        if (record.ServiceName.Length == 0 || DnsLabel.IsValid(record.ServiceName))
        {
            return record.ServiceName;
        }

        rejections.Report(kind, key, Rejections.ServiceIsNoLabel);
        return "";
    }

    private PackedEndpoints[] ReadGroups(ObjectKey key, EndpointsRecord record)
    {
        var groups = record.Groups.Where(group => group.Count > 0).ToArray();
        foreach (var group in groups)
        {
            group.SharePorts(services.PortSets.Share);
        }

        if (record.Groups.Any(group => group.RefusedNames > 0))
        {
            rejections.Report(kind, key, Rejections.HostnameOrPortIsNoLabel);
        }

        return groups;
    }

    private bool Add(ObjectKey key, string serviceName, PackedEndpoints[] groups, int notReady)
    {
        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length) || namespaces.Hold(key.Namespace) is not { } parent)
        {
            rejections.Report(kind, key, Rejections.NameIsNoLabel);
            return false;
        }

        var service = serviceName.Length == 0 ? null : services.Hold(key.Namespace, serviceName);
        var node = new EndpointsNode(parent, name[..length], kind, service, groups) { Generation = Generation, NotReadyCount = notReady };
        zone.Tables.Endpoints.Add(ZoneHash.Of(parent.Hash, node.Name), node);
        if (service is not null)
        {
            // Found by address before it hides an Endpoints object with the same addresses.
            _addresses.Change(node, [], groups);
            zone.CountEndpoints(Count(groups));
            service.Attach(node);
            ServiceWriter.PublishEndpoints(service);
        }

        return true;
    }

    private bool Update(EndpointsNode node, PackedEndpoints[] groups, int notReady)
    {
        var old = node.Groups;
        var servesSame = old.Length == groups.Length && old.Zip(groups).All(pair => pair.First.ServesSameAs(pair.Second));
        if (servesSame && node.NotReadyCount == notReady)
        {
            return false;
        }

        node.NotReadyCount = notReady;
        node.Publish(groups);
        if (node.Service is null)
        {
            return !servesSame;
        }

        _addresses.Change(node, old, groups);
        zone.CountEndpoints(Count(groups) - Count(old));
        if (!node.IsServed)
        {
            return false;
        }

        ServiceWriter.PublishEndpoints(node.Service);
        return !servesSame;
    }

    private void Remove(EndpointsNode node)
    {
        zone.Tables.Endpoints.Remove(ZoneHash.Of(node.Namespace.Hash, node.Name), node);
        if (node.Service is not null)
        {
            node.Service.Detach(node);
            ServiceWriter.PublishEndpoints(node.Service);
            _addresses.Change(node, node.Groups, []);
            zone.CountEndpoints(-Count(node.Groups));
            services.ReleaseIfEmpty(node.Service);
        }

        namespaces.Release(node.Namespace);
    }

    private EndpointsNode? Find(ObjectKey key)
    {
        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length) || namespaces.Find(key.Namespace) is not { } parent)
        {
            return null;
        }

        var bucket = zone.Tables.Endpoints.Find(ZoneHash.Of(parent.Hash, name[..length]));
        for (var i = 0; i < bucket.Count; i++)
        {
            var node = bucket[i];
            if (node.Kind == kind && ReferenceEquals(node.Namespace, parent) && node.Name.SequenceEqual(name[..length]))
            {
                return node;
            }
        }

        return null;
    }

    private static int Count(PackedEndpoints[] groups) => groups.Sum(group => group.Count);
}
