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
    : ZoneWalk(apex, cluster, new WalkedRecord(zone, default), options.TimeToLive, clusterOptions.TimeToLive)
{
    protected override bool Names(NamespaceEntry parent) => finder.IsExposed(parent);

    protected override IEnumerable<WalkedRecord> RecordsOf(ServiceEntry service)
    {
        if (!ExternalFinder.IsReachedFromOutside(service))
        {
            return options.HasHeadless && service.Kind == ServiceKind.Headless ? OfEndpoints(service, hasNumbers: true) : [];
        }

        return service.ExternalAddresses.Length > 0 ? OfAddresses(service).Concat(OfPorts(service)) : OfHostnames(service);
    }

    private IEnumerable<WalkedRecord> OfAddresses(ServiceEntry service)
    {
        for (var i = 0; i < service.ExternalAddresses.Length; i++)
        {
            yield return Record.At(service).Has(options.TimeToLive, service.ExternalAddresses[i]);
        }
    }

    private IEnumerable<WalkedRecord> OfHostnames(ServiceEntry service)
    {
        yield return Record.At(service).IsAliasOf(clusterOptions.TimeToLive, service.ExternalHostnames[0].Wire.ToArray());
        for (var i = 0; i < service.Ports.Length; i++)
        {
            var port = service.Ports[i];
            for (var host = 0; host < Math.Min(service.ExternalHostnames.Length, ExternalLimits.MostHostnames); host++)
            {
                if (ServicePorts.HasName(port))
                {
                    var name = service.ExternalHostnames[host].Wire.ToArray();
                    yield return Record.At(service, port).LeadsTo(clusterOptions.TimeToLive, WholeWeight, port.Number, name);
                }
            }
        }
    }
}
