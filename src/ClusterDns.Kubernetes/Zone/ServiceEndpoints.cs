using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Brings endpoints objects into the entries of their Services and into the index by address. In the index, what is
/// found from now on is added before what no longer is goes: an endpoint that both an old and a new object have is found
/// at every moment.
/// </summary>
internal sealed class ServiceEndpoints(ClusterZone zone, ServiceWriter services)
{
    private readonly AddressIndex<EndpointsNode> _addresses = new(zone.Tables.EndpointsByAddress);

    public void Attach(ServiceNode service, EndpointsNode node)
    {
        EndpointsNode[] hidden = IsSlice(node) && !service.HasSlices ? [.. service.LegacyEndpoints] : [];
        service.Attach(node);
        if (node.IsServed)
        {
            Index(node, [], node.Groups);
        }

        foreach (var legacy in hidden)
        {
            Index(legacy, legacy.Groups, []);
        }

        ServiceWriter.PublishEndpoints(service);
    }

    /// <summary>Gives a node other endpoints than it had.</summary>
    public void Replace(EndpointsNode node, PackedEndpoints[] groups, int notReadyCount)
    {
        var old = node.Groups;
        node.Publish(groups, notReadyCount);
        if (node.IsServed)
        {
            Index(node, old, groups);
            ServiceWriter.PublishEndpoints(node.Service!);
        }
    }

    public void Detach(ServiceNode service, EndpointsNode node)
    {
        var wasServed = node.IsServed;
        service.Detach(node);
        foreach (var uncovered in IsSlice(node) && !service.HasSlices ? service.LegacyEndpoints : [])
        {
            Index(uncovered, [], uncovered.Groups);
        }

        if (wasServed)
        {
            Index(node, node.Groups, []);
        }

        ServiceWriter.PublishEndpoints(service);
        services.ReleaseIfEmpty(service);
    }

    private static bool IsSlice(EndpointsNode node) => node.Kind == ResourceKind.EndpointSlice;

    private void Index(EndpointsNode node, PackedEndpoints[] from, PackedEndpoints[] to)
    {
        _addresses.Change(node, from, to);
        zone.CountEndpoints(to.Sum(group => group.Count) - from.Sum(group => group.Count));
        zone.CountIPv6(CountIPv6(to) - CountIPv6(from));
    }

    private static int CountIPv6(PackedEndpoints[] groups) => groups.Where(group => !group.IsIPv4).Sum(group => group.Count);
}
