using System.Buffers;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Keeps the index by address in step with the endpoints of one object. Only differences touch the index, so an address
/// that stays is found at every moment.
/// </summary>
internal sealed class EndpointAddressIndex(HashIndex<EndpointsNode> index)
{
    public void Change(EndpointsNode node, PackedEndpoints[] from, PackedEndpoints[] to)
    {
        var before = SortedHashes(from);
        var after = SortedHashes(to);
        foreach (var hash in after)
        {
            if (before.AsSpan().BinarySearch(hash) < 0)
            {
                index.Add(hash, node);
            }
        }

        foreach (var hash in before)
        {
            if (after.AsSpan().BinarySearch(hash) < 0)
            {
                index.Remove(hash, node);
            }
        }
    }

    /// <summary>Each hash once: the index holds a node once however many of its endpoints share an address.</summary>
    private static uint[] SortedHashes(PackedEndpoints[] groups)
    {
        var hashes = new SortedSet<uint>();
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                hashes.Add(ZoneHash.Of(NetworkAddress.FromOctets(group.Address(i))));
            }
        }

        return hashes.ToArray();
    }
}
