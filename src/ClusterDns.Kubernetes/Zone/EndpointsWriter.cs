using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Writes EndpointSlices, or Endpoints: a source may have both.</summary>
internal sealed class EndpointsWriter(
    ResourceKind kind,
    ClusterZone zone,
    NamespaceWriter namespaces,
    ServiceWriter services,
    ServiceEndpoints serviceEndpoints,
    Departures departures,
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
            node.ResourceVersion = endpoints.ResourceVersion;
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

        node.ResourceVersion = ResourceVersion.None;
        var before = node.Groups;
        if (departures.Note(node, [], [], IsListing, isRemoved: true) is not { } departure)
        {
            Remove(node);
            return true;
        }

        departure.IsRemoved = true;
        Serve(departure, [], notReadyCount: 0);
        return !ReferenceEquals(node.Groups, before);
    }

    /// <summary>Ends what has waited long enough for another slice; true if something did.</summary>
    /// <param name="all">Nothing waits any longer.</param>
    public bool ReleaseDepartures(bool all)
    {
        var released = false;
        while (departures.TakeDue(all) is { } departure)
        {
            Release(departure);
            released = true;
        }

        return released;
    }

    protected override bool Has(ObjectKey key) => Find(key) is not null;

    protected override bool Sweep()
    {
        // The list has told of everything: what has not turned up in it is gone.
        var removed = ReleaseDepartures(all: true);
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
        var node = new EndpointsNode(parent, name[..length], kind, service)
        {
            Generation = Generation,
            ResourceVersion = record.ResourceVersion,
        };
        node.Publish(_compiler.ReadGroups(key, record), EndpointsCompiler.CountNotReady(record));
        zone.Tables.Endpoints.Add(ZoneHash.Of(parent.Hash, node.Name), node);
        if (service is not null)
        {
            serviceEndpoints.Attach(service, node);
            departures.Arrive(node, node.Groups, record.NotReady, Release);
        }

        return true;
    }

    private bool Update(EndpointsNode node, ObjectKey key, EndpointsRecord record)
    {
        var departure = departures.Find(node);
        var own = departure is null ? node.Groups : departure.Own;
        var servesSame = EndpointsCompiler.ServesSame(own, record);
        var notReadyCount = EndpointsCompiler.CountNotReady(record);
        if (servesSame && node.NotReadyCount == notReadyCount && departure is not { IsRemoved: true })
        {
            return false;
        }

        own = servesSame ? own : _compiler.ReadGroups(key, record);
        departure = departures.Note(node, own, record.NotReady, IsListing, isRemoved: false);
        if (departure is null)
        {
            serviceEndpoints.Replace(node, own, notReadyCount);
        }
        else
        {
            departure.IsRemoved = false;
            Serve(departure, own, notReadyCount);
        }

        if (node.Service is not null)
        {
            departures.Arrive(node, own, record.NotReady, Release);
        }

        return node.IsServed && !servesSame;
    }

    private void Serve(Departure departure, PackedEndpoints[] own, int notReadyCount)
    {
        departure.Own = own;
        departure.NotReadyCount = notReadyCount;
        serviceEndpoints.Replace(departure.Node, departure.Served, notReadyCount);
    }

    private void Release(Departure departure)
    {
        if (departure.IsRemoved && departure.Kept.Count == 0)
        {
            Remove(departure.Node);
        }
        else
        {
            Serve(departure, departure.Own, departure.NotReadyCount);
        }
    }

    private void Remove(EndpointsNode node)
    {
        departures.Forget(node);
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
