using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// What a transfer of a cluster zone holds, as CoreDNS has it: the names of Services, their named ports and their
/// endpoints; no pods, no PTR records, no <c>dns-version</c>.
/// </summary>
internal sealed class ClusterZoneWalk(ApexRecords apex, ClusterZone cluster, KubernetesOptions options, DnsName zone)
    : ZoneWalk(apex, cluster)
{
    /// <summary>Of SRV records to a cluster address, and what those to the endpoints of a slice add up to.</summary>
    private const int WholeWeight = 100;

    private readonly WalkedRecord _record = new(zone, ZoneNames.Services.ToArray());

    protected override bool Names(NamespaceEntry parent) => parent.Exists && options.Namespaces.Passes(parent.Label);

    protected override IEnumerable<WalkedRecord> RecordsOf(ServiceEntry service) => service switch
    {
        { Kind: ServiceKind.ExternalName } => OfAlias(service),
        { ClusterAddresses.Length: > 0 } => OfClusterAddresses(service),
        _ => OfEndpoints(service),
    };

    private IEnumerable<WalkedRecord> OfAlias(ServiceEntry service)
    {
        if (!service.ExternalName.IsEmpty)
        {
            yield return _record.At(service).IsAliasOf(options.TimeToLive, service.ExternalName.ToArray());
        }
    }

    private IEnumerable<WalkedRecord> OfClusterAddresses(ServiceEntry service)
    {
        for (var i = 0; i < service.ClusterAddresses.Length; i++)
        {
            yield return _record.At(service).Has(options.TimeToLive, service.ClusterAddresses[i]);
        }

        for (var i = 0; i < service.Ports.Length; i++)
        {
            var port = service.Ports[i];
            if (ServicePorts.IsFirstOfItsNumber(service.Ports, i))
            {
                yield return _record.At(service).LeadsTo(options.TimeToLive, WholeWeight, port.Number, service);
            }

            if (ServicePorts.HasName(port))
            {
                yield return _record.At(service, port).LeadsTo(options.TimeToLive, WholeWeight, port.Number, service);
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
                    if (ServicePorts.HasName(port))
                    {
                        yield return _record.At(service, port).LeadsTo(options.TimeToLive, weight, port.Number, service, group, i);
                    }
                }
            }
        }
    }
}
