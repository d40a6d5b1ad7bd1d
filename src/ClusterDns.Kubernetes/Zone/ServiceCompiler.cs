using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Service object -> what its name is answered with, endpoints aside.</summary>
internal sealed class ServiceCompiler(Rejections rejections)
{
    public PortSets PortSets { get; } = new();

    public ServiceEntry Compile(ServiceNode node, ServiceRecord record)
    {
        var ports = PortList.Create(record.Ports, out var refused);
        if (refused > 0)
        {
            rejections.Report(ResourceKind.Service, record.Key, Rejections.PortIsNoLabel);
        }

        return new ServiceEntry(
            node,
            record.Kind,
            record.ClusterAddresses.Distinct().ToArray(),
            PortSets.Share(ports),
            record.Kind == ServiceKind.ExternalName ? ReadTarget(record) : [],
            ReadExternals(record));
    }

    /// <summary>An address is no name: the reference answers NXDOMAIN for it, so must whoever reads an empty one.</summary>
    private byte[] ReadTarget(ServiceRecord record)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var text = record.ExternalName ?? "";
        if (!NetworkAddress.TryParse(text, out _) && WireName.TryParse(text, name, out var length) && length > 1)
        {
            return name[..length].ToArray();
        }

        rejections.Report(ResourceKind.Service, record.Key, Rejections.ExternalNameIsNoName);
        return [];
    }

    private ServiceExternals ReadExternals(ServiceRecord record)
    {
        if (record.ExternalAddresses.Count == 0 && record.ExternalHostnames.Count == 0)
        {
            return ServiceExternals.None;
        }

        var hostnames = new List<DnsName>();
        foreach (var text in record.ExternalHostnames)
        {
            if (DnsName.TryParse(text, out var name))
            {
                hostnames.Add(name);
            }
            else
            {
                rejections.Report(ResourceKind.Service, record.Key, Rejections.HostnameIsNoName);
            }
        }

        return new ServiceExternals(record.ExternalAddresses.Distinct().ToArray(), hostnames.Distinct().ToArray());
    }
}
