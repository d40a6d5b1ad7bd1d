using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>
/// What a transfer of a zone outside the cluster holds. A name with a CNAME has nothing else there, as secondary servers
/// demand (RFC 1034, 3.6.2).
/// </summary>
internal sealed class ExternalZoneWalk(
    ApexRecords apex, ClusterZone cluster, KubernetesOptions clusterOptions, K8sExternalOptions options, ExternalFinder finder, DnsName zone)
    : ZoneWalk(apex, cluster)
{
    private const int WholeWeight = 100;

    private readonly WalkedRecord _record = new(zone, default);

    protected override bool Names(NamespaceEntry parent) => finder.IsExposed(parent);

    protected override IEnumerable<WalkedRecord> RecordsOf(ServiceEntry service)
    {
        if (!ExternalFinder.IsReachedFromOutside(service))
        {
            return options.HasHeadless && service.Kind == ServiceKind.Headless ? OfEndpoints(service) : [];
        }

        return service.ExternalAddresses.Length > 0 ? OfAddresses(service) : OfHostnames(service);
    }

    private IEnumerable<WalkedRecord> OfAddresses(ServiceEntry service)
    {
        for (var i = 0; i < service.ExternalAddresses.Length; i++)
        {
            yield return _record.At(service).Has(options.TimeToLive, service.ExternalAddresses[i]);
        }

        for (var i = 0; i < service.Ports.Length; i++)
        {
            var port = service.Ports[i];
            if (ServicePorts.IsFirstOfItsNumber(service.Ports, i))
            {
                yield return _record.At(service).LeadsTo(clusterOptions.TimeToLive, WholeWeight, port.Number, service);
            }

            if (ServicePorts.HasName(port))
            {
                yield return _record.At(service, port).LeadsTo(clusterOptions.TimeToLive, WholeWeight, port.Number, service);
            }
        }
    }

    private IEnumerable<WalkedRecord> OfHostnames(ServiceEntry service)
    {
        yield return _record.At(service).IsAliasOf(clusterOptions.TimeToLive, service.ExternalHostnames[0].Wire.ToArray());
        for (var i = 0; i < service.Ports.Length; i++)
        {
            var port = service.Ports[i];
            for (var host = 0; host < Math.Min(service.ExternalHostnames.Length, ExternalLimits.MostHostnames); host++)
            {
                if (ServicePorts.HasName(port))
                {
                    var name = service.ExternalHostnames[host].Wire.ToArray();
                    yield return _record.At(service, port).LeadsTo(clusterOptions.TimeToLive, WholeWeight, port.Number, name);
                }
            }
        }
    }

    private IEnumerable<WalkedRecord> OfEndpoints(ServiceEntry service)
    {
        for (var slice = 0; slice < service.Endpoints.Length; slice++)
        {
            var group = service.Endpoints[slice];
            var weight = (ushort)Math.Max(1, WholeWeight / group.Count);
            for (var i = 0; i < group.Count; i++)
            {
                if (!SliceAddresses.IsRepeated(service.Endpoints, slice, i))
                {
                    yield return _record.At(service).Has(options.TimeToLive, group.Address(i));
                }

                yield return _record.At(service, group, i).Has(options.TimeToLive, group.Address(i));
                for (var number = 0; number < group.Ports.Length; number++)
                {
                    var port = group.Ports[number];
                    if (ServicePorts.IsFirstOfItsNumber(group.Ports, number))
                    {
                        yield return _record.At(service).LeadsTo(clusterOptions.TimeToLive, weight, port.Number, service, group, i);
                    }

                    if (ServicePorts.HasName(port))
                    {
                        yield return _record.At(service, port).LeadsTo(clusterOptions.TimeToLive, weight, port.Number, service, group, i);
                    }
                }
            }
        }
    }
}
