using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>Sorts endpoints that share their ports into one group for each address family.</summary>
internal sealed class EndpointGroupBuilder
{
    private readonly PackedEndpoints.Builder _ipv4 = new(isIPv4: true);
    private readonly PackedEndpoints.Builder _ipv6 = new(isIPv4: false);

    /// <summary>Of both families.</summary>
    public List<NetworkAddress> NotReady { get; } = [];

    public void Clear()
    {
        _ipv4.Clear();
        _ipv6.Clear();
        NotReady.Clear();
    }

    public void Add(EndpointReader endpoint, bool isReady)
    {
        foreach (var address in endpoint.Addresses)
        {
            var group = Of(address.IsIPv4);
            if (isReady)
            {
                group.TryAdd(address, endpoint.Hostname, endpoint.PodName);
            }
            else
            {
                group.NotReadyCount++;
                NotReady.Add(address);
            }
        }
    }

    public bool Has(bool isIPv4) => !Of(isIPv4).IsEmpty;

    /// <summary>Adds the family's group to a list, if it has endpoints.</summary>
    public void Build(bool isIPv4, IReadOnlyList<PortRecord> ports, List<PackedEndpoints> groups)
    {
        var group = Of(isIPv4);
        if (!group.IsEmpty)
        {
            group.Ports = ports;
            groups.Add(group.Build());
        }
    }

    private PackedEndpoints.Builder Of(bool isIPv4) => isIPv4 ? _ipv4 : _ipv6;
}
