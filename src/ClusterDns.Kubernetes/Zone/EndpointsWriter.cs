using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes EndpointSlices, or Endpoints: a source may have both.</summary>
internal sealed class EndpointsWriter(
    ResourceKind kind,
    ClusterZone zone,
    NamespaceWriter namespaces,
    ServiceWriter services,
    ServiceEndpoints serviceEndpoints,
    Rejections rejections) : KindWriter
{
    private readonly EndpointsCompiler _compiler = new(kind, services.PortSets, rejections);

    public override bool Put(ObjectKey key, object? record)
    {
        var endpoints = (EndpointsRecord)record!;
        var serviceName = _compiler.ReadServiceName(key, endpoints);
        var node = Find(key);
        if (node is not null && node.BelongsTo(serviceName))
        {
            node.Generation = Generation;
            return Update(node, key, endpoints);
        }

        // What an object belongs to is fixed in its node, so that a reader never sees it half moved.
        var isMove = node is not null;
        if (isMove)
        {
            Remove(node!);
        }

        return Add(key, serviceName, endpoints) || isMove;
    }

    public override bool Remove(ObjectKey key)
    {
        if (Find(key) is not { } node)
        {
            return false;
        }

        Remove(node);
        return true;
    }

    protected override bool Has(ObjectKey key) => Find(key) is not null;

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

    private bool Add(ObjectKey key, string serviceName, EndpointsRecord record)
    {
        Span<byte> name = stackalloc byte[ObjectName.MaxLength];
        if (!ObjectName.TryEncode(key.Name, name, out var length) || namespaces.Hold(key.Namespace) is not { } parent)
        {
            rejections.Report(kind, key, Rejections.NameCannotBeUsed);
            return false;
        }

        var service = serviceName.Length == 0 ? null : services.Hold(key.Namespace, serviceName);
        var node = new EndpointsNode(parent, name[..length], kind, service) { Generation = Generation };
        node.Publish(_compiler.ReadGroups(key, record), EndpointsCompiler.CountNotReady(record));
        zone.Tables.Endpoints.Add(ZoneHash.Of(parent.Hash, node.Name), node);
        if (service is not null)
        {
            serviceEndpoints.Attach(service, node);
        }

        return true;
    }

    private bool Update(EndpointsNode node, ObjectKey key, EndpointsRecord record)
    {
        var servesSame = EndpointsCompiler.ServesSame(node.Groups, record);
        var notReadyCount = EndpointsCompiler.CountNotReady(record);
        if (servesSame && node.NotReadyCount == notReadyCount)
        {
            return false;
        }

        serviceEndpoints.Replace(node, servesSame ? node.Groups : _compiler.ReadGroups(key, record), notReadyCount);
        return node.IsServed && !servesSame;
    }

    private void Remove(EndpointsNode node)
    {
        zone.Tables.Endpoints.Remove(ZoneHash.Of(node.Namespace.Hash, node.Name), node);
        if (node.Service is not null)
        {
            serviceEndpoints.Detach(node.Service, node);
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
}
