using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Addresses and hostnames to look endpoints up by. Holds hashes: what is taken for known by a collision, once in four
/// billion, is not waited for, and no more. Keeps its memory for the next object.
/// </summary>
internal sealed class EndpointSet
{
    private readonly HashSet<uint> _addresses = [];
    private readonly HashSet<uint> _hostnames = [];

    public void Fill(PackedEndpoints[] groups, IReadOnlyList<NetworkAddress> others)
    {
        _addresses.Clear();
        _hostnames.Clear();
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                _addresses.Add(ZoneHash.Of(NetworkAddress.FromOctets(group.Address(i))));
                if (group.Hostname(i) is { IsEmpty: false } hostname)
                {
                    _hostnames.Add(ZoneHash.Of(hostname));
                }
            }
        }

        for (var i = 0; i < others.Count; i++)
        {
            _addresses.Add(ZoneHash.Of(others[i]));
        }
    }

    /// <summary>The endpoint is here, or another that has taken its hostname: what a StatefulSet's next pod does.</summary>
    public bool Knows(PackedEndpoints group, int index) =>
        _addresses.Contains(ZoneHash.Of(NetworkAddress.FromOctets(group.Address(index))))
        || (group.Hostname(index) is { IsEmpty: false } hostname && _hostnames.Contains(ZoneHash.Of(hostname)));
}
