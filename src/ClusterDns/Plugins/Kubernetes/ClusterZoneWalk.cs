using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// What a transfer of a cluster zone holds, as CoreDNS has it: the names of Services, their named ports and their
/// endpoints; no pods, no PTR records, no <c>dns-version</c>.
/// </summary>
internal sealed class ClusterZoneWalk(ApexRecords apex, ClusterZone cluster, KubernetesOptions options, DnsName zone)
    : ZoneWalk(apex, cluster, new WalkedRecord(zone, ZoneNames.Services.ToArray()), options.TimeToLive, options.TimeToLive)
{
    protected override bool Names(NamespaceEntry parent) => parent.Exists && options.Namespaces.Passes(parent.Label);

    protected override IEnumerable<WalkedRecord> RecordsOf(ServiceEntry service) => service switch
    {
        { Kind: ServiceKind.ExternalName } => OfAlias(service),
        { ClusterAddresses.Length: > 0 } => OfClusterAddresses(service).Concat(OfPorts(service)),
        _ => OfEndpoints(service, hasNumbers: false),
    };

    private IEnumerable<WalkedRecord> OfAlias(ServiceEntry service)
    {
        if (!service.ExternalName.IsEmpty)
        {
            yield return Record.At(service).IsAliasOf(options.TimeToLive, service.ExternalName.ToArray());
        }
    }

    private IEnumerable<WalkedRecord> OfClusterAddresses(ServiceEntry service)
    {
        for (var i = 0; i < service.ClusterAddresses.Length; i++)
        {
            yield return Record.At(service).Has(options.TimeToLive, service.ClusterAddresses[i]);
        }
    }
}
