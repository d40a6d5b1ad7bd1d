namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>Sorts endpoints that share their ports into one group for each address family.</summary>
internal sealed class EndpointGroupBuilder
{
    private PackedEndpoints.Builder? _ipv4;
    private PackedEndpoints.Builder? _ipv6;

    public void Clear() => _ipv4 = _ipv6 = null;

    public void Add(EndpointReader endpoint, bool isReady)
    {
        foreach (var address in endpoint.Addresses)
        {
            var group = address.IsIPv4 ? _ipv4 ??= new(true) : _ipv6 ??= new(false);
            if (isReady)
            {
                group.TryAdd(address, endpoint.Hostname, endpoint.PodName);
            }
            else
            {
                group.NotReadyCount++;
            }
        }
    }

    public bool Has(bool isIPv4) => (isIPv4 ? _ipv4 : _ipv6) is not null;

    /// <summary>Adds the family's group to a list, if it has endpoints.</summary>
    public void Build(bool isIPv4, IReadOnlyList<PortRecord> ports, List<PackedEndpoints> groups)
    {
        if ((isIPv4 ? _ipv4 : _ipv6) is { } group)
        {
            group.Ports = ports;
            groups.Add(group.Build());
        }
    }
}
